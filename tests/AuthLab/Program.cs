using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.AuthLab;

/// <summary>
/// Proves the client's authentication against servers that this project did not write: Apache with mod_auth_gssapi in front of
/// FakeOrchestrator, a Kerberos KDC, NTLM by gss-ntlmssp, all on loopback, started by auth-lab.sh. Each case is a process of
/// its own, because tickets and trust come from the environment. Ends with a line "AuthLab: N passed, N failed".
/// </summary>
internal static class Program
{
    private const string ChildVerb = "--case";
    private const int LeakExitCode = 2;
    private const string PasswordVariable = "AUTH_LAB_CASE_PASSWORD";

    private static async Task<int> Main(string[] args) =>
        args is [ChildVerb, string url, string user, string allow] ? await SignInAsync(new Uri(url), user, bool.Parse(allow)) : await RunAllAsync();

    private static async Task<int> RunAllAsync()
    {
        // Apache gives its root rights away and must still get there.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("auth-lab-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        string lab = Path.Combine(folder.FullName, "lab");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = SourceModel.Generate(120) });
        try
        {
            if (await ScriptAsync("start", lab, "--backend", server.BaseUrl.GetLeftPart(UriPartial.Authority)) != 0)
            {
                Console.WriteLine("AuthLab: 0 passed, 1 failed");
                return 1;
            }

            Dictionary<string, string> settings = File.ReadLines(Path.Combine(lab, "lab.env"))
                .Select(line => line.Split('=', 2))
                .Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            int failed = 0;
            AuthCase[] cases = AuthCase.All(key => settings[key]);
            foreach (AuthCase authCase in cases)
            {
                server.ClearRequests();
                (string outcome, string output) = await RunCaseAsync(authCase, settings);
                string? seen = (server.Requests is [.., var last] ? last : null)?.Headers.FirstOrDefault(h => h.Key.Equals("X-Remote-User", StringComparison.OrdinalIgnoreCase)).Value;
                bool isRight = outcome == authCase.Expected && (authCase.SignedInAs is null || (seen is not null && seen.Contains(authCase.SignedInAs, StringComparison.OrdinalIgnoreCase)));
                Console.WriteLine($"{(isRight ? "ok    " : "FAILED")} {authCase.Name}{(isRight ? "" : $": expected {authCase.Expected}, got {outcome}, signed in as '{seen}'\n{output}")}");
                failed += isRight ? 0 : 1;
            }

            Console.WriteLine($"AuthLab: {cases.Length - failed} passed, {failed} failed");
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            await ScriptAsync("stop", lab);
            folder.Delete(recursive: true);
        }
    }

    private static Task<int> ScriptAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("bash") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "auth-lab.sh") } };
        Array.ForEach(arguments, start.ArgumentList.Add);
        return ExitCodeAsync(start);
    }

    private static async Task<int> ExitCodeAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static async Task<(string Outcome, string Output)> RunCaseAsync(AuthCase authCase, Dictionary<string, string> settings)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Program).Assembly.Location);
        }

        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(settings[authCase.UrlKey]);
        start.ArgumentList.Add(authCase.User ?? string.Empty);
        start.ArgumentList.Add(authCase.AllowUnencrypted.ToString());
        start.Environment[PasswordVariable] = authCase.Password is { } password ? settings.GetValueOrDefault(password, password) : string.Empty;
        start.Environment["KRB5_CONFIG"] = settings["KRB5_CONFIG"];
        start.Environment["KRB5CCNAME"] = settings[authCase.TicketCache];
        start.Environment.Remove("SSL_CERT_DIR");
        start.Environment["SSL_CERT_FILE"] = authCase.TrustsLab ? settings["CA_FILE"] : "/dev/null";
        if (authCase.HasNtlmUser)
        {
            start.Environment["NTLM_USER_FILE"] = settings["NTLM_USER_FILE"];
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode == LeakExitCode ? "a password in an error" : output.Split('\n')[0].Trim(), output);
    }

    /// <summary>
    /// Signs in, finds the generation, reads all runbooks with several requests at once, and says "ok" or the error's id.
    /// </summary>
    private static async Task<int> SignInAsync(Uri server, string user, bool allowUnencrypted)
    {
        string password = Environment.GetEnvironmentVariable(PasswordVariable) ?? string.Empty;
        Identity identity = user.Length == 0 ? Identity.CurrentUser : new Identity(1, Identity.ToCredential(user, password), $"'{user}'");
        ExchangeOptions options = new() { Timeout = TimeSpan.FromSeconds(20), AllowUnencryptedAuthentication = allowUnencrypted, Retries = 0 };
        try
        {
            (IOrchestratorClient client, _) = await OrchestratorClientFactory.ConnectAsync(
                new Uri(server, "/Orchestrator2012/Orchestrator.svc"), ConnectorProtocol.Auto, new FixedCredentialSource(identity), options, SilentReporter.Instance, CancellationToken.None);
            using (client)
            {
                RunbookCounter counter = new();
                await client.ReadRunbooksAsync(FolderPath.Root, counter, CancellationToken.None);
                Console.WriteLine(counter.Runbooks == 120 ? "ok" : $"{counter.Runbooks} runbooks");
            }

            return 0;
        }
        catch (OrchestratorException e)
        {
            Console.WriteLine(e.Id);
            Console.WriteLine(e.Message);
            return password.Length > 0 && e.ToString().Contains(password, StringComparison.Ordinal) ? LeakExitCode : 1;
        }
    }

    private sealed class RunbookCounter : IRunbookSink
    {
        public int Runbooks { get; private set; }

        public void Expect(long total)
        {
        }

        public void Reset() => Runbooks = 0;

        public void Add(IReadOnlyList<Runbook> batch) => Runbooks += batch.Count;

        public void AddParameters(IReadOnlyList<OwnedParameter> batch)
        {
        }
    }
}
