using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.MonoLab;

/// <summary>What has to be the same on .NET Framework's kind of runtime.</summary>
internal static class Cases
{
    private const string Password = "p@ss-Wörd 1";

    /// <summary>All, in their order.</summary>
    internal static IEnumerable<(string Name, Func<Lab, Task> Run)> All =>
    [
        ("it is Mono, which says that it is .NET Framework 4", IsMonoAsync),
        ("the cmdlets are those of the manifest", ExportsAsync),
        .. EachProtocol("registers and tests a connector", ConnectAsync),
        .. EachProtocol("synchronizes, twice", SynchronizeAsync),
        .. EachProtocol("shows the differences of a changed source", ChangeAsync),
        .. EachProtocol("synchronizes from packed answers", PackedAsync),
        .. EachProtocol("starts a job and waits for it", RunJobAsync),
        .. EachProtocol("names the activity at which a runbook failed", FailJobAsync),
        .. EachProtocol("stops a job", StopJobAsync),
        .. EachProtocol("obeys Ctrl+C while a server does not answer", InterruptAsync),
        .. EachProtocol("signs in by Basic where it may, and keeps the password", SignInAsync),
        ("refuses Basic without TLS", RefuseBasicAsync),
        ("says that a password is wrong", WrongPasswordAsync),
        .. Fails("an HTML page", "ResponseIsHtml", Fault.HtmlPage),
        .. Fails("an answer that is cut off", "ResponseTruncated", () => Fault.CutClean()),
        .. Fails("an answer without a body", "ResponseEmpty", Fault.Empty),
        .. Fails("an answer that nobody can read", "ResponseMalformed", Fault.Malformed),
        .. Fails("403", "AccessDenied", () => Fault.Status(403)),
        .. Fails("a redirect to another host", "RedirectRefused", () => Fault.Redirect("http://127.0.0.2:1/")),
        ("says that nobody listens", ClosedPortAsync),
        ("says that a name is not known", UnknownHostAsync),
        ("says that a certificate is not trusted", UntrustedAsync),
        ("says that an answer takes too long", TimeoutAsync),
        ("reads what .NET stored, and the other way round", ShareStoreAsync),
        ("synchronizes beside .NET over one store", BesideAsync),
        ("gives the files of the store to their owner alone", OwnerOnlyAsync),
        ("writes the same in every culture", CultureAsync),
        ("keeps mappings and runs by them", ActivityAsync),
        ("loads what it ships, and nothing of another", AssembliesAsync),
        ("uses only members that .NET Framework 4.7.2 has", SurfaceAsync),
    ];

    private static IEnumerable<(string Name, Func<Lab, Task> Run)> EachProtocol(string name, Func<Lab, ConnectorProtocol, Task> run)
        => new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi }.Select(p => ($"{name} ({p})", (Func<Lab, Task>)(lab => run(lab, p))));

    private static IEnumerable<(string Name, Func<Lab, Task> Run)> Fails(string what, string id, Func<Fault> fault)
        => EachProtocol($"says what is wrong with {what}", async (lab, protocol) =>
        {
            FakeServer server = await RegisterAsync(lab, protocol);
            await lab.GoodAsync("Sync-OrchestratorConnector A");
            server.Faults.Add(fault());
            await lab.BadAsync(id, "Sync-OrchestratorConnector A");
            Lab.Expect(120, (await lab.GoodAsync("Get-SMRunbook")).Output.Count, "runbooks of the library after a sync that failed");
        });

    private static async Task IsMonoAsync(Lab lab)
    {
        IReadOnlyList<string> runtime = (await lab.Mono.SendAsync("runtime")).Values;
        Console.WriteLine($"       Mono {runtime[0]}");
        Lab.Expect(true, runtime[0].Length > 0, "Mono says its name");
        Lab.Expect("4.0.30319.42000", runtime[1], "the version that .NET Framework gives too");
    }

    private static async Task ExportsAsync(Lab lab)
    {
        string manifest = await File.ReadAllTextAsync(Path.Combine(MonoPrompt.Module, "OrchestratorConnector.psd1"));
        string list = Regex.Match(manifest, @"CmdletsToExport = @\(([^)]*)\)").Groups[1].Value;
        IEnumerable<string> exported = Regex.Matches(list, "'([^']+)'").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);

        Lab.Expect(string.Join(' ', exported), string.Join(' ', (await lab.Mono.SendAsync("cmdlets")).Values.Order(StringComparer.Ordinal)), "cmdlets");
    }

    private static async Task ConnectAsync(Lab lab, ConnectorProtocol protocol)
    {
        await RegisterAsync(lab, protocol, "Auto");
        Lab.Expect($"{protocol}", (await lab.GoodAsync("Get-OrchestratorConnector A")).Single["Protocol"], "protocol");
        Lab.Expect("True", (await lab.GoodAsync("Test-OrchestratorConnector A")).Single["Success"], "success");
    }

    private static async Task SynchronizeAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol);
        await ExpectSyncAsync(lab, total: 120, added: 120);
        await ExpectSyncAsync(lab, total: 120);

        SourceRunbook known = server.Model.Runbooks.First(r => r.Name.Any(c => c > 127));
        Answer found = await lab.GoodAsync($"Get-SMRunbook -Path '{known.Path.Replace("'", "''", StringComparison.Ordinal)}'");
        Lab.Expect(known.Id.ToString(), found.Single["Id"], $"the id of {known.Path}");
        Lab.Expect(server.Model.Runbooks.Count, (await lab.GoodAsync("Get-SMRunbook *")).Output.Count, "runbooks of the library");
    }

    private static async Task ChangeAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol);
        await ExpectSyncAsync(lab, total: 120, added: 120);
        SourceRunbook[] runbooks = [.. server.Model.Runbooks.Take(2)];
        server.Model.AddRunbook(@"\Added", "Größer → neu", ("In", "In"));
        server.Model.Edit(runbooks[0].Id, r => r.Description = "Changed");
        server.Model.RemoveRunbook(runbooks[1].Id);

        await ExpectSyncAsync(lab, total: 120, added: 1, changed: 1, missing: 1);
        Lab.Expect("Größer → neu", (await lab.GoodAsync(@"Get-SMRunbook -Folder \Added")).Single["Name"], "the new runbook");
        Lab.Expect("Missing", (await lab.GoodAsync("Get-SMRunbook -Status Missing")).Single["Status"], "the runbook that is gone");
    }

    private static async Task PackedAsync(Lab lab, ConnectorProtocol protocol)
    {
        await RegisterAsync(lab, protocol, configure: o => o.Compress = true);
        await ExpectSyncAsync(lab, total: 120, added: 120);
    }

    private static async Task RunJobAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol, configure: AddReset);
        await lab.GoodAsync("Sync-OrchestratorConnector A");

        Answer job = await lab.GoodAsync("Start-SMRunbook Reset -ComputerName web01 -User 'Jürgen <\"&\">'");
        Answer done = await lab.GoodAsync($"Wait-SMRunbookJob -Id {job.Single["Id"]}");
        Lab.Expect("Completed Success", $"{done.Single["Status"]} {done.Single["InstanceStatus"]}", "how the job ended");
        Lab.Expect("web01", done.Single["Result"], "its output");
        Lab.Expect("web02", (await lab.GoodAsync("Invoke-SMRunbook Reset -ComputerName web02 -User x")).Single["Result"], "the output of another");
        Lab.Expect(2, server.Jobs.Started, "jobs that were started");
        Lab.Expect(2, (await lab.GoodAsync("Get-SMRunbookJob")).Output.Count, "jobs that are kept");
    }

    private static async Task FailJobAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol, configure: AddReset);
        server.Jobs.Script = _ => JobScript.Fails("Query Database", "Login failed.");
        await lab.GoodAsync("Sync-OrchestratorConnector A");

        Answer failed = await lab.BadAsync("RunbookFailed", "Invoke-SMRunbook Reset -ComputerName web01 -User x");
        Lab.Expect(true, failed.Text.Contains("'Query Database': Login failed.", StringComparison.Ordinal), failed.Text);
    }

    private static async Task StopJobAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol, configure: AddReset);
        server.Jobs.Script = _ => JobScript.Never;
        await lab.GoodAsync("Sync-OrchestratorConnector A");
        Answer job = await lab.GoodAsync("Start-SMRunbook Reset -ComputerName web01 -User x");

        await lab.GoodAsync($"Stop-SMRunbookJob -Id {job.Single["Id"]} -Confirm:$false");
        Lab.Expect("Canceled", server.Jobs.All[0].Status, "the job at the server");
    }

    private static async Task InterruptAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await RegisterAsync(lab, protocol);
        await lab.GoodAsync("Sync-OrchestratorConnector A");
        server.ClearRequests();
        server.Faults.Add(Fault.Hang());

        await lab.Mono.SendAsync("start", "Sync-OrchestratorConnector A");
        while (server.RequestCount == 0)
        {
            await Task.Yield();
        }

        Lab.Expect(true, (await lab.Mono.SendAsync("stop")).Stopped, "stopped");
        Lab.Expect(120, (await lab.GoodAsync("Get-SMRunbook")).Output.Count, "runbooks of the library");
    }

    private static async Task SignInAsync(Lab lab, ConnectorProtocol protocol)
    {
        FakeServer server = await lab.ServeAsync(o => o.Authentication = FakeAuthentication.Basic(@"CONTOSO\svc", Password));
        await lab.Mono.SendAsync("credential", "credential", @"CONTOSO\svc", Password);
        Answer made = await lab.GoodAsync($"New-OrchestratorConnector A {UrlOf(server, protocol)} -Credential $credential -AllowUnencryptedAuthentication -Verbose -Debug");
        Answer synchronized = await lab.GoodAsync("Sync-OrchestratorConnector A -Verbose -Debug");

        Lab.Expect("120", synchronized.Single["Total"], "runbooks");
        Lab.Expect(false, (made.Text + synchronized.Text).Contains(Password, StringComparison.Ordinal), "the password was said");
        byte[] store = await File.ReadAllBytesAsync(lab.StatePath);
        Lab.Expect(-1, store.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Password)), "the password in the store");
        Lab.Expect(-1, store.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Password)), "the password in the store");
    }

    private static async Task RefuseBasicAsync(Lab lab)
    {
        FakeServer server = await lab.ServeAsync(o => o.Authentication = FakeAuthentication.Basic("svc", Password));
        await lab.Mono.SendAsync("credential", "credential", "svc", Password);
        await lab.BadAsync("BasicOverHttpRefused", $"New-OrchestratorConnector A {server.AtomUrl} -Credential $credential");
    }

    private static async Task WrongPasswordAsync(Lab lab)
    {
        FakeServer server = await lab.ServeAsync(o => o.Authentication = FakeAuthentication.Basic("svc", Password));
        await lab.Mono.SendAsync("credential", "credential", "svc", "something else");
        Answer refused = await lab.BadAsync("AuthenticationFailed", $"New-OrchestratorConnector A {server.AtomUrl} -Credential $credential -AllowUnencryptedAuthentication");
        Lab.Expect(false, refused.Text.Contains("something else", StringComparison.Ordinal), "the password was said");
    }

    private static async Task ClosedPortAsync(Lab lab)
    {
        using System.Net.Sockets.Socket held = new(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        held.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await lab.BadAsync("ConnectionRefused", $"New-OrchestratorConnector A http://{held.LocalEndPoint}/");
    }

    private static Task<Answer> UnknownHostAsync(Lab lab) => lab.BadAsync("HostNotFound", "New-OrchestratorConnector A http://nobody.invalid:81/");

    private static async Task UntrustedAsync(Lab lab)
    {
        FakeServer server = await lab.ServeAsync(o => o.Https = true);
        await lab.BadAsync("TlsFailed", $"New-OrchestratorConnector A {server.BaseUrl}");
    }

    private static async Task TimeoutAsync(Lab lab)
    {
        FakeServer server = await RegisterAsync(lab, ConnectorProtocol.WebApi);
        await lab.GoodAsync("Set-OrchestratorConnector A -TimeoutSeconds 1 -SkipTest");
        server.Faults.Add(Fault.Hang());
        await lab.BadAsync("RequestTimedOut", "Sync-OrchestratorConnector A");
    }

    private static async Task ShareStoreAsync(Lab lab)
    {
        FakeServer server = await lab.ServeAsync(o => o.Authentication = FakeAuthentication.Basic("svc", Password));
        string options = "-Credential $credential -AllowUnencryptedAuthentication";
        await lab.Mono.SendAsync("credential", "credential", "svc", Password);
        await lab.GoodAsync($"New-OrchestratorConnector Mono {server.AtomUrl} {options}");
        lab.DotNet($"New-OrchestratorConnector DotNet {server.BaseUrl} {options}", "svc", Password);

        await lab.GoodAsync("Sync-OrchestratorConnector DotNet");
        lab.DotNet("Sync-OrchestratorConnector Mono");
        Lab.Expect(120, lab.DotNet("Get-SMRunbook -Connector DotNet").Output.Count, "what Mono wrote, read by .NET");
        Lab.Expect(120, (await lab.GoodAsync("Get-SMRunbook -Connector Mono")).Output.Count, "what .NET wrote, read by Mono");
        await lab.GoodAsync("Sync-OrchestratorConnector Mono");
        Answer history = await lab.GoodAsync("Get-OrchestratorConnectorHistory Mono");
        Lab.Expect("0, 120", string.Join(", ", history.Output.Select(r => r["Added"])), "what each added");
    }

    private static async Task BesideAsync(Lab lab)
    {
        FakeServer server = await lab.ServeAsync();
        await lab.GoodAsync($"New-OrchestratorConnector Mono {server.AtomUrl}");
        await lab.GoodAsync($"New-OrchestratorConnector DotNet {server.BaseUrl}");

        Task<Answer> mono = lab.GoodAsync("Sync-OrchestratorConnector Mono");
        Task dotNet = Task.Run(() => lab.DotNet("Sync-OrchestratorConnector DotNet"));
        await Task.WhenAll(mono, dotNet);
        Lab.Expect(240, (await lab.GoodAsync("Get-SMRunbook")).Output.Count, "runbooks of the library");
    }

    private static async Task OwnerOnlyAsync(Lab lab)
    {
        await lab.Mono.SendAsync("credential", "credential", "svc", Password);
        await lab.GoodAsync("New-OrchestratorRunAsAccount A $credential");
        Lab.Expect("0700", Mode(Path.GetDirectoryName(lab.StatePath)!), "the folder");
        string[] files = Directory.GetFiles(Path.GetDirectoryName(lab.StatePath)!);
        Lab.Expect(true, files.Contains(lab.StatePath) && files.Contains(lab.StatePath + ".key"), "there are a store and its key");
        foreach (string file in files)
        {
            Lab.Expect("0600", Mode(file), file);
        }
    }

    private static string Mode(string path) => OperatingSystem.IsWindows() ? string.Empty : Convert.ToString((int)File.GetUnixFileMode(path), 8).PadLeft(4, '0');

    private static async Task CultureAsync(Lab lab)
    {
        FakeServer server = await RegisterAsync(lab, ConnectorProtocol.Atom, configure: AddReset);
        server.Model.AddRunbook(@"\Jobs", "INIT i", ("Title", "In"));
        foreach (string culture in new[] { "tr-TR", "de-DE", "ar-SA" })
        {
            await lab.Mono.SendAsync("culture", culture);
            await lab.GoodAsync("Sync-OrchestratorConnector A");
            await lab.GoodAsync("Invoke-SMRunbook 'init I' -TITLE 1.5");
            string sent = server.Jobs.All[^1].Parameters ?? string.Empty;
            Lab.Expect(true, sent.Contains("<Value>1.5</Value>", StringComparison.Ordinal), $"{culture}: {sent}");
        }
    }

    private static async Task ActivityAsync(Lab lab)
    {
        await RegisterAsync(lab, ConnectorProtocol.WebApi, configure: AddReset);
        await lab.GoodAsync("Sync-OrchestratorConnector A");
        await lab.Mono.SendAsync("table", "map", "Computer Name", "Name");
        await lab.Mono.SendAsync("table", "default", "User", "x");
        await lab.Mono.SendAsync("table", "outputs", "Result", "Outcome");
        await lab.GoodAsync("New-SMRunbookActivity 'Reset it' Reset -Map $map -Default $default -OutputMap $outputs -ReadyForAutomation");
        Answer done = await lab.GoodAsync("Get-OrchestratorConnector A | Invoke-SMRunbookActivity 'Reset it'");
        Lab.Expect("A", done.Single["Outcome"], "the output, mapped back");
    }

    private static async Task AssembliesAsync(Lab lab)
    {
        string folder = Path.Combine(MonoPrompt.Module, "lib", "netstandard2.0", "dependencies");
        string[] shipped = [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!)];
        string[] loaded = [.. (await lab.Mono.SendAsync("assemblies")).Values.Where(l => l.Length > 0)];

        Lab.Expect(true, loaded.Any(l => l.EndsWith("Microsoft.OData.Core.dll", StringComparison.Ordinal)), "OData is loaded");
        Lab.Expect(true, loaded.Any(l => l.EndsWith("Polly.Core.dll", StringComparison.Ordinal)), "Polly is loaded");
        // The runtime has System.Numerics.Vectors itself, as .NET Framework 4.7.2 has.
        foreach (string location in loaded.Where(l => shipped.Contains(Path.GetFileName(l)) && Path.GetFileName(l) != "System.Numerics.Vectors.dll"))
        {
            Lab.Expect(folder, Path.GetDirectoryName(location), Path.GetFileName(location));
        }
    }

    private static Task SurfaceAsync(Lab lab)
    {
        FrameworkSurface framework = FrameworkSurface.Read("/usr/lib/mono/4.7.2-api");
        foreach (string file in new[] { "OrchestratorConnector.dll", "dependencies/OrchestratorConnector.Core.dll" })
        {
            (int members, IReadOnlyList<string> missing) = framework.Compare(Path.Combine(MonoPrompt.Module, "lib", "netstandard2.0", file));
            Lab.Expect(true, members > 100, $"{file} uses {members} members");
            Lab.Expect(string.Empty, string.Join(", ", missing), file);
        }

        return Task.CompletedTask;
    }

    private static async Task<FakeServer> RegisterAsync(Lab lab, ConnectorProtocol protocol, string asked = "", Action<FakeServerOptions>? configure = null)
    {
        FakeServer server = await lab.ServeAsync(configure);
        await lab.GoodAsync($"New-OrchestratorConnector A {UrlOf(server, protocol)} -Protocol {(asked.Length > 0 ? asked : protocol)}");
        return server;
    }

    private static void AddReset(FakeServerOptions options) => options.Model.AddRunbook(@"\Jobs", "Reset", ("Computer Name", "In"), ("User", "In"), ("Result", "Out"));

    private static async Task ExpectSyncAsync(Lab lab, int total, int added = 0, int changed = 0, int missing = 0)
    {
        IReadOnlyDictionary<string, string> result = (await lab.GoodAsync("Sync-OrchestratorConnector A")).Single;
        Lab.Expect(
            $"{total} total, {added} added, {changed} changed, {missing} missing",
            $"{result["Total"]} total, {result["Added"]} added, {result["Changed"]} changed, {result["Missing"]} missing",
            "synchronization");
    }

    private static Uri UrlOf(FakeServer server, ConnectorProtocol protocol) => protocol == ConnectorProtocol.Atom ? server.AtomUrl : server.BaseUrl;
}
