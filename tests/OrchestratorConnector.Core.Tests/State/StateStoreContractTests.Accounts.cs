using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    [Fact]
    public void An_account_comes_back_as_it_went_in()
    {
        RunAsAccount added = Store.AddAccount(Samples.Account() with { Description = "d", SecretName = "s", Vault = "v" });
        using IStateStore again = OpenAs(_there);
        RunAsAccount read = again.FindAccount("SERVICE")!;

        Assert.True(added.Id > 0);
        Assert.Equal(Clock.Now, added.ChangeTime);
        Assert.Equal(added.ProtectedPassword, read.ProtectedPassword);
        Assert.Equal(added with { ProtectedPassword = null }, read with { ProtectedPassword = null });
        RunAsAccount empty = Store.AddAccount(new RunAsAccount { Name = "Empty" });
        Assert.Equal(empty, Store.FindAccount("Empty"));
    }

    [Fact]
    public void Accounts_come_by_name_and_their_names_are_taken_in_any_case()
    {
        Store.AddAccount(Samples.Account("b"));
        RunAsAccount other = Store.AddAccount(Samples.Account("A"));

        Assert.Equal(["A", "b"], Store.GetAccounts().Select(a => a.Name));
        Fails(nameof(Error.AccountExists), () => Store.AddAccount(Samples.Account("B")));
        Fails(nameof(Error.AccountExists), () => Store.UpdateAccount(other, a => a with { Name = "B" }));
        Assert.Equal("a", Store.UpdateAccount(other, a => a with { Name = "a" }).Name);
    }

    [Fact]
    public void A_change_raises_the_version_and_tells_the_time()
    {
        RunAsAccount first = Store.AddAccount(Samples.Account());
        Clock.Advance(TimeSpan.FromHours(1));

        RunAsAccount second = Store.UpdateAccount(first, a => a with { ProtectedPassword = [9], Version = 0, Id = 77 });

        Assert.True(second.Version > first.Version);
        Assert.Equal((first.Id, Clock.Now), (second.Id, second.ChangeTime));
        Assert.Equal([9], Store.FindAccount("Service")!.ProtectedPassword!);
    }

    [Fact]
    public void A_renamed_account_stays_with_its_connectors()
    {
        RunAsAccount account = Store.AddAccount(Samples.Account());
        Store.AddConnector(Samples.Connector() with { RunAsAccount = account.Name });

        Store.UpdateAccount(account, a => a with { Name = "New" });

        Assert.Equal("New", State().Connector.RunAsAccount);
    }

    [Fact]
    public void An_account_in_use_stays()
    {
        RunAsAccount account = Store.AddAccount(Samples.Account());
        Store.AddConnector(Samples.Connector("Two") with { RunAsAccount = account.Name });
        Connector one = Store.AddConnector(Samples.Connector("One") with { RunAsAccount = account.Name });

        OrchestratorException error = Fails(nameof(Error.AccountInUse), () => Store.RemoveAccount(account));

        Assert.Contains("'One', 'Two'", error.Message, StringComparison.Ordinal);
        Store.UpdateConnector(one, c => c with { RunAsAccount = null });
        Store.UpdateConnector(State("Two").Connector, c => c with { RunAsAccount = null });
        Store.RemoveAccount(account);
        Assert.Empty(Store.GetAccounts());
    }

    [Fact]
    public void An_account_that_is_gone_is_an_error()
    {
        RunAsAccount account = Store.AddAccount(Samples.Account());
        Store.RemoveAccount(account);
        // Another one of the same name is not the same.
        Store.AddAccount(Samples.Account());

        Fails(nameof(Error.AccountNotFound), () => Store.RemoveAccount(account));
        Fails(nameof(Error.AccountNotFound), () => Store.UpdateAccount(account, a => a));
    }
}
