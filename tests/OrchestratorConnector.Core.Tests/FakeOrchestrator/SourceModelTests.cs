using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>The source behind both generations.</summary>
public sealed class SourceModelTests
{
    [Fact]
    public void A_seed_gives_the_same_source_and_another_seed_another()
    {
        Assert.Equal(Print(SourceModel.Generate(200, seed: 7)), Print(SourceModel.Generate(200, seed: 7)));
        Assert.NotEqual(Print(SourceModel.Generate(200, seed: 7)), Print(SourceModel.Generate(200, seed: 8)));
    }

    [Fact]
    public void A_generated_source_is_as_varied_as_a_real_one()
    {
        SourceModel model = SourceModel.Generate(300, parametersPerRunbook: 4, folders: 20, servers: 3);
        Assert.Equal(300, model.Runbooks.Count);
        Assert.Equal(21, model.Folders.Count);
        Assert.Equal(3, model.Servers.Count);
        Assert.All(model.Runbooks, runbook => Assert.Equal(4, runbook.Parameters.Count));
        Assert.All(model.Runbooks, runbook => Assert.EndsWith("\\" + runbook.Name, runbook.Path, StringComparison.Ordinal));
        Assert.Equal(300, model.Runbooks.Select(runbook => runbook.Path).Distinct().Count());
        Assert.Contains(model.Runbooks, runbook => runbook.Path.Contains('&', StringComparison.Ordinal));
        Assert.Contains(model.Runbooks, runbook => runbook.Path.Any(letter => letter > 127));
        Assert.Contains(model.Runbooks, runbook => runbook.Path.Count(letter => letter == '\\') > 2);
        Assert.Contains(model.Runbooks, runbook => runbook.FolderId == Guid.Empty);
        Assert.Contains(model.Runbooks, runbook => runbook.IsMonitor);
        Assert.Contains(model.Runbooks, runbook => runbook.CheckedOutBy is not null && runbook.CheckedOutTime is not null);
        Assert.Contains(model.Runbooks, runbook => runbook.CreatedBy is null);
        Assert.Contains(model.Runbooks, runbook => runbook.Description is null);
        Assert.Equal(["In", "Out"], model.Runbooks.SelectMany(runbook => runbook.Parameters).Select(parameter => parameter.Direction).Distinct().Order());
    }

    [Fact]
    public async Task Every_change_is_seen_by_the_next_request()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(10));
        SourceModel model = server.Server.Model;
        Guid id = model.Runbooks[0].Id;
        Action[] changes =
        [
            () => model.RenameRunbook(id, "renamed"),
            () => model.MoveRunbook(id, "\\New\\Below"),
            () => model.Edit(id, runbook => runbook.CheckedOutBy = "S-1-5-500"),
            () => model.RenameFolder("\\New", "Newer"),
            () => model.RemoveRunbook(model.Runbooks[^1].Id),
            () => model.AddRunbook("\\New", "added"),
            () => model.RemoveRunbooks(runbook => runbook.IsMonitor),
            () => model.RemoveFolder("\\Newer"),
            model.Clear,
        ];
        string before = await server.AtomTextAsync("Runbooks");
        foreach (Action change in changes)
        {
            long version = model.Version;
            change();
            Assert.True(model.Version > version);
            string after = await server.AtomTextAsync("Runbooks");
            Assert.NotEqual(before, after);
            before = after;
        }

        Assert.Equal([Guid.Empty], model.Folders.Select(folder => folder.Id));
        Assert.Empty(model.Runbooks);
    }

    [Fact]
    public void Paths_follow_names_and_folders()
    {
        var model = new SourceModel();
        Guid id = model.AddRunbook("\\A\\B", "one").Id;
        Guid top = model.AddRunbook("\\", "top").Id;
        model.RenameFolder("\\a", "C");
        Assert.Equal("\\C\\B\\one", model.FindRunbook(id)!.Path);
        model.RenameRunbook(id, "two");
        Assert.Equal("\\C\\B\\two", model.FindRunbook(id)!.Path);
        model.MoveRunbook(id, "\\");
        Assert.Equal("\\two", model.FindRunbook(id)!.Path);
        Assert.Equal("\\top", model.FindRunbook(top)!.Path);
        Assert.Equal(["\\", "\\C", "\\C\\B"], model.Folders.Select(folder => folder.Path).Order(StringComparer.Ordinal));
        _ = Assert.Throws<KeyNotFoundException>(() => model.RenameFolder("\\A", "X"));
        _ = Assert.Throws<KeyNotFoundException>(() => model.RemoveRunbook(Guid.NewGuid()));
    }

    [Fact]
    public void Parameters_change_one_by_one_and_touch_their_runbook()
    {
        var model = new SourceModel();
        Guid id = model.AddRunbook("\\A", "one", ("user", "In"), ("result", "Out")).Id;
        SourceRunbook before = model.FindRunbook(id)!;
        model.RenameParameter(id, "user", "account");
        model.SetParameterType(id, "account", "Number");
        model.SetParameterDirection(id, "result", "In");
        _ = model.AddParameter(id, "extra", "Out");
        SourceRunbook after = model.FindRunbook(id)!;
        Assert.Equal(["account Number In", "result String In", "extra String Out"], after.Parameters.Select(parameter => $"{parameter.Name} {parameter.Type} {parameter.Direction}"));
        Assert.Equal(before.Parameters.Select(parameter => parameter.Id), after.Parameters.Take(2).Select(parameter => parameter.Id));
        Assert.True(after.LastModifiedTime > before.LastModifiedTime);

        model.RebuildParameters(id);
        SourceRunbook rebuilt = model.FindRunbook(id)!;
        Assert.Equal(after.Parameters.Select(parameter => parameter.Name), rebuilt.Parameters.Select(parameter => parameter.Name));
        Assert.Empty(after.Parameters.Select(parameter => parameter.Id).Intersect(rebuilt.Parameters.Select(parameter => parameter.Id)));

        model.TouchOnChange = false;
        model.RemoveParameter(id, "extra");
        Assert.Equal(rebuilt.LastModifiedTime, model.FindRunbook(id)!.LastModifiedTime);
        Assert.Equal(2, model.FindRunbook(id)!.Parameters.Count);
        _ = Assert.Throws<KeyNotFoundException>(() => model.RemoveParameter(id, "extra"));
    }

    [Fact]
    public void What_is_in_the_model_is_frozen()
    {
        SourceModel model = SourceModel.Generate(1);
        _ = Assert.Throws<InvalidOperationException>(() => model.Runbooks[0].Description = "x");
    }

    [Fact]
    public async Task Quirks_of_the_view_apply_to_both_generations()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(10));
        SourceRunbook hidden = server.Server.Model.Runbooks[2];
        server.Server.Quirks = new Quirks { InvisibleRunbooks = [hidden.Id], SidsInByFields = false, RootFolderPath = "" };

        Assert.Equal(9, StandIn.Entries(await server.AtomAsync("Runbooks")).Count);
        Assert.Equal(9, (await server.ApiAsync("Runbooks")).GetProperty("value").GetArrayLength());
        Assert.Equal("0", await server.AtomTextAsync($"RunbookParameters/$count?$filter=RunbookId eq guid'{hidden.Id}'"));
        Assert.Equal(404, (await server.RefusalAsync($"Runbooks(guid'{hidden.Id}')")).Status);
        Assert.All(StandIn.Entries(await server.AtomAsync("Runbooks")), entry => Assert.DoesNotContain("S-1-5-21", StandIn.Property(entry, "LastModifiedBy")!.Value, StringComparison.Ordinal));
        Assert.Equal("", StandIn.Property(await server.AtomAsync($"Folders(guid'{Guid.Empty}')"), "Path")!.Value);
    }

    [Fact]
    public async Task Changes_and_requests_do_not_get_in_each_others_way()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(60));
        SourceModel model = server.Server.Model;
        Task[] changing = [.. Enumerable.Range(0, 3).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                Guid id = model.AddRunbook($"\\Worker {worker}\\{i % 3}", $"runbook {i}", ("p", "In")).Id;
                model.MoveRunbook(id, $"\\Worker {worker}");
                model.RebuildParameters(id);
                model.RemoveRunbook(id);
            }
        }))];
        while (!Array.TrueForAll(changing, task => task.IsCompleted))
        {
            foreach (var entry in StandIn.Entries(await server.AtomAsync("Runbooks?$expand=Parameters,Folder")))
            {
                Assert.All(entry.Descendants(StandIn.Atom + "entry"), inner => Assert.NotNull(StandIn.Property(inner, "Name")));
            }
        }

        await Task.WhenAll(changing);
        Assert.Equal(60, StandIn.Entries(await server.AtomAsync("Runbooks")).Count + StandIn.Entries(await server.AtomAsync("Runbooks?$skip=50")).Count);
        Assert.All(server.Server.Requests, request => Assert.Equal(200, request.Status));
    }

    private static string Print(SourceModel model)
    {
        IEnumerable<string> runbooks = model.Runbooks.Select(runbook => $"{runbook.Id} {runbook.Path} {runbook.LastModifiedTime:O} {string.Join(',', runbook.Parameters.Select(parameter => parameter.Id))}");
        return string.Join('\n', runbooks.Concat(model.Folders.Select(folder => $"{folder.Id} {folder.Path} {folder.CreationTime:O}")));
    }
}
