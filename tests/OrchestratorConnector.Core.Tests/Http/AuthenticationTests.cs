using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>Credentials go where they belong, as they are, and nowhere else: not to another host, not in clear, not into a text.</summary>
public sealed class AuthenticationTests
{
    private const string Secret = "hunter2-Geheim";

    public static TheoryData<string, string> Credentials => new()
    {
        { "user", "password" },
        { "o'brien", "it's" },
        { "jürgen.größe", "pässwörd" },
        { "用户", "密码🚀" },
        { "user@contoso.example", "a:b:c" },
        { @"CONTOSO\svc-orch", @"back\slash" },
        { @"CONTOSO\user with blank", " leading and trailing " },
        { "user", "" },
        { "user", "\"quoted\" <&> %41 =;," },
        { "a/b+c", new string('x', 2000) },
        { @"\odd", "x" },
        { @"CONTOSO\a\b", "x" },
    };

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Any_character_arrives_as_it_is(string user, string password)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Authentication = FakeAuthentication.Basic(user, password) });
        using IOrchestratorClient client = Remote.Client(
            server, ConnectorProtocol.WebApi, Allowing, credentials: new ChangingCredentials(user, password));

        ServiceInfo info = await client.GetServiceInfoAsync(CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(user, info.UserName);
    }

    [Fact]
    public async Task A_user_name_with_a_colon_arrives_as_it_is()
    {
        // Basic cannot tell it from the password, but what was typed is what is sent.
        await using RawServer server = Challenging("Basic realm=\"x\"");
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Allowing, credentials: new ChangingCredentials("us:er", "pa:ss"));

        Assert.Equal("in", await HttpExchangeTests.TextAsync(exchange));
        Assert.Equal("us:er:pa:ss", Basic(server.Requests[^1]));
    }

    [Fact]
    public async Task Basic_over_http_is_refused_and_nothing_is_sent()
    {
        await using RawServer server = Challenging("Basic realm=\"x\"");
        RecordingReporter reporter = new();
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Remote.Options, reporter, new ChangingCredentials("user", Secret));

        OrchestratorException error = await Remote.FailsAsync("BasicOverHttpRefused", HttpExchangeTests.TextAsync(exchange));

        Assert.Equal(ErrorKind.Security, error.Kind);
        Assert.Contains("AllowUnencryptedAuthentication", error.Hint, StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.Null(r.Authorization));
        NoSecret(error, reporter);
    }

    [Fact]
    public async Task Basic_is_sent_only_after_it_was_asked_for()
    {
        await using RawServer server = Challenging("Basic realm=\"x\"");
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Allowing, credentials: new ChangingCredentials("user", Secret));

        await HttpExchangeTests.TextAsync(exchange);

        Assert.Equal(2, server.Requests.Count);
        Assert.Null(server.Requests[0].Authorization);
        Assert.Equal("user:" + Secret, Basic(server.Requests[1]));
    }

    [Fact]
    public async Task A_known_identity_is_not_asked_for_again()
    {
        await using FakeServer server = await FakeServer.StartAsync(
            new FakeServerOptions { Model = SourceModel.Generate(500), Authentication = FakeAuthentication.Basic("user", Secret) });
        using IOrchestratorClient client = Remote.Client(server, ConnectorProtocol.Atom, Allowing, credentials: new ChangingCredentials("user", Secret));

        await client.GetServiceInfoAsync(CancellationToken.None);
        await client.ReadRunbooksAsync(FolderPath.Root, new RunbookList(), CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.InRange(server.Requests.Count(r => r.Status == 401), 1, 5);
    }

    [Theory]
    [InlineData("Basic realm=\"x\"")]
    [InlineData("Digest realm=\"x\", nonce=\"y\"")]
    [InlineData("Bearer")]
    public async Task The_current_user_has_nothing_to_give_to_other_schemes(string challenge)
    {
        await using RawServer server = Challenging(challenge);
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Allowing, credentials: Remote.CurrentUser);

        OrchestratorException error = await Remote.FailsAsync("AuthenticationFailed", HttpExchangeTests.TextAsync(exchange));

        Assert.Contains("the current user", error.Message, StringComparison.Ordinal);
        Assert.Contains($"offers: {challenge.Split(' ')[0]}", error.Message, StringComparison.Ordinal);
        Assert.All(server.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_password_is_not_given_to_schemes_that_nobody_knows()
    {
        await using RawServer server = Challenging("Digest realm=\"x\", nonce=\"y\", qop=\"auth\"");
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Allowing, credentials: new ChangingCredentials("user", Secret));

        await Remote.FailsAsync("AuthenticationFailed", HttpExchangeTests.TextAsync(exchange));

        Assert.All(server.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_wrong_password_is_one_error_and_no_lock_out()
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Authentication = FakeAuthentication.Basic("user", "right") });
        RecordingReporter reporter = new();
        using IOrchestratorClient client = Remote.Client(server, ConnectorProtocol.Atom, Allowing, reporter, new ChangingCredentials("user", Secret));

        OrchestratorException error = await Remote.FailsAsync("AuthenticationFailed", client.GetServiceInfoAsync(CancellationToken.None));

        Assert.Contains("'user'", error.Message, StringComparison.Ordinal);
        Assert.Contains("offers: Basic", error.Message, StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count(r => r.Headers.ContainsKey("Authorization")), 1, 1);
        NoSecret(error, reporter);
    }

    [Fact]
    public async Task A_refusal_that_offers_nothing_says_so()
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Authentication = FakeAuthentication.Refuse() });
        using IOrchestratorClient client = Remote.Client(server, ConnectorProtocol.Atom);

        OrchestratorException error = await Remote.FailsAsync("AuthenticationFailed", client.GetServiceInfoAsync(CancellationToken.None));

        Assert.Contains("offers: nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_holds_at_the_next_request()
    {
        BasicAuthentication basic = FakeAuthentication.Basic("user", "old");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Authentication = basic });
        ChangingCredentials credentials = new("user", "old");
        using IOrchestratorClient client = Remote.Client(server, ConnectorProtocol.Atom, Allowing, credentials: credentials);
        await client.GetServiceInfoAsync(CancellationToken.None);

        basic.Password = "new";
        await Remote.FailsAsync("AuthenticationFailed", client.GetServiceInfoAsync(CancellationToken.None));
        credentials.Change("user", "new");
        await client.GetServiceInfoAsync(CancellationToken.None);

        Assert.Equal("user:new", Encoding.UTF8.GetString(Convert.FromBase64String(server.Requests[^1].Headers["Authorization"][6..])));
    }

    [Fact]
    public async Task A_changed_identity_is_not_mixed_up_with_the_old_ones_connections()
    {
        await using RawServer server = Challenging("Basic realm=\"x\"");
        ChangingCredentials credentials = new("one", "1");
        using HttpExchange exchange = HttpExchangeTests.Exchange(server.Url, Allowing, credentials: credentials);

        await HttpExchangeTests.TextAsync(exchange);
        credentials.Change("two", "2");
        await HttpExchangeTests.TextAsync(exchange);

        Assert.Equal(["one:1", "two:2"], server.Requests.Where(r => r.Authorization is not null).Select(Basic).Distinct());
        Assert.Equal("two:2", Basic(server.Requests[^1]));
    }

    [Fact]
    public void Nothing_is_given_to_another_host_scheme_or_port()
    {
        ChallengeCredentials credentials = new(new Uri("https://sco:81/api"), new NetworkCredential("user", Secret), allowUnencrypted: true);

        foreach (string other in new[] { "https://other:81/api", "http://sco:81/api", "https://sco:82/api", "https://sco.example:81/api" })
        {
            foreach (string scheme in new[] { "Basic", "Negotiate", "NTLM", "Kerberos", "Digest" })
            {
                Assert.Null(credentials.GetCredential(new Uri(other), scheme));
            }
        }

        Assert.NotNull(credentials.GetCredential(new Uri("https://SCO:81/other"), "Basic"));
    }

    [Theory]
    [InlineData("Negotiate")]
    [InlineData("NTLM")]
    [InlineData("Kerberos")]
    [InlineData("negotiate")]
    public void Windows_schemes_get_the_identity_in_clear_too(string scheme)
    {
        Uri root = new("http://sco:81/api");
        NetworkCredential typed = new("user", Secret);

        Assert.Same(typed, new ChallengeCredentials(root, typed, allowUnencrypted: false).GetCredential(root, scheme));
        Assert.Same(CredentialCache.DefaultNetworkCredentials, new ChallengeCredentials(root, null, allowUnencrypted: false).GetCredential(root, scheme));
    }

    [Theory]
    [InlineData("http://sco:81/api", false, false)]
    [InlineData("http://sco:81/api", true, true)]
    [InlineData("https://sco:81/api", false, true)]
    public void Basic_needs_tls_or_leave(string url, bool allowed, bool given)
    {
        Uri root = new(url);
        ChallengeCredentials credentials = new(root, new NetworkCredential("user", Secret), allowed);

        Assert.Equal(given, credentials.GetCredential(root, "Basic") is not null);
        Assert.Equal(!given, credentials.RefusedBasic);
        Assert.Null(new ChallengeCredentials(root, null, allowed).GetCredential(root, "Basic"));
    }

    [Theory]
    [InlineData(@"CONTOSO\user", "CONTOSO", "user")]
    [InlineData("user@contoso.example", "", "user@contoso.example")]
    [InlineData("user", "", "user")]
    [InlineData(@"\user", "", @"\user")]
    [InlineData(@"A\B\C", "A", @"B\C")]
    [InlineData("a b:c'd", "", "a b:c'd")]
    public void User_names_are_read_as_windows_reads_them(string typed, string domain, string user)
    {
        NetworkCredential credential = Identity.ToCredential(typed, Secret);

        Assert.Equal((domain, user, Secret), (credential.Domain, credential.UserName, credential.Password));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task No_secret_is_ever_said(ConnectorProtocol protocol)
    {
        await using FakeServer server = await FakeServer.StartAsync(
            new FakeServerOptions { Model = SourceModel.Generate(120), Authentication = FakeAuthentication.Basic("user", Secret) });
        RecordingReporter reporter = new();
        using IOrchestratorClient client = Remote.Client(server, protocol, Allowing with { Retries = 1 }, reporter, new ChangingCredentials("user", Secret));
        await client.ReadRunbooksAsync(FolderPath.Root, new RunbookList(), CancellationToken.None).WaitAsync(Remote.Patience);
        List<OrchestratorException> errors = [];

        foreach (Fault fault in new[] { Fault.Status(403), Fault.Status(500), Fault.Reset(), Fault.HtmlPage(), Fault.Empty(), Fault.CutClean(), Fault.Redirect("http://orchestrator.invalid/"), Fault.Status(401) })
        {
            server.Faults.Add(fault);
            errors.Add(await Assert.ThrowsAsync<OrchestratorException>(() => client.ReadFoldersAsync(new ListSink<Folder>(), CancellationToken.None).WaitAsync(Remote.Patience)));
            server.Faults.Clear();
        }

        Assert.True(reporter.DebugLines.Count > errors.Count);
        Assert.All(errors, e => NoSecret(e, reporter));
        Assert.DoesNotContain(Secret, Identity.CurrentUser + ChangingCredentials.Of(1, "user", Secret).ToString(), StringComparison.Ordinal);
    }

    private static ExchangeOptions Allowing => Remote.Options with { AllowUnencryptedAuthentication = true };

    private static RawServer Challenging(string challenge) => new((request, answer) => request.Authorization is null
        ? answer.SendAsync(401, null, "", "WWW-Authenticate: " + challenge)
        : answer.SendAsync(200, "text/plain", "in"));

    private static string Basic(RawRequest request) => Encoding.UTF8.GetString(Convert.FromBase64String(request.Authorization!["Basic ".Length..]));

    private static void NoSecret(OrchestratorException error, RecordingReporter reporter)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret));
        string all = string.Join('\n', reporter.VerboseLines.Concat(reporter.DebugLines).Concat(reporter.Warnings).Append(error.ToString()).Append(error.Target?.ToString() ?? ""));
        Assert.DoesNotContain(Secret, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(encoded, all, StringComparison.Ordinal);
    }
}
