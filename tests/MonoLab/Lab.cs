using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Security;
using System.Threading.Tasks;
using FakeOrchestrator;

namespace OrchestratorConnector.MonoLab;

/// <summary>What one case has: Mono with a store of its own, servers, and .NET over the same store.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mono-lab-");
    private readonly List<FakeServer> _servers = [];

    private Lab(MonoPrompt mono) => Mono = mono;

    /// <summary>The prompt in Mono.</summary>
    internal MonoPrompt Mono { get; }

    /// <summary>The store.</summary>
    internal string StatePath => Path.Combine(_folder.FullName, "new", "state.db");

    internal static async Task<Lab> OpenAsync(MonoPrompt mono)
    {
        Lab lab = new(mono);
        await mono.SendAsync("environment", "ORCHESTRATOR_CONNECTOR_STATE", lab.StatePath);
        await mono.SendAsync("culture", "en-US");
        return lab;
    }

    /// <summary>A server with so many runbooks.</summary>
    internal async Task<FakeServer> ServeAsync(Action<FakeServerOptions>? configure = null)
    {
        FakeServerOptions options = new() { Model = SourceModel.Generate(120, folders: 8), WebApiPageSize = 50 };
        configure?.Invoke(options);
        FakeServer server = await FakeServer.StartAsync(options);
        _servers.Add(server);
        return server;
    }

    /// <summary>Runs a line in Mono that has to end without an error.</summary>
    internal async Task<Answer> GoodAsync(string line)
    {
        Answer answer = await Mono.RunAsync(line);
        return answer.Errors.Count == 0 ? answer : throw new LabException($"{line}\n{answer}");
    }

    /// <summary>Runs a line in Mono that has to end with this error.</summary>
    internal async Task<Answer> BadAsync(string id, string line)
    {
        Answer answer = await Mono.RunAsync(line);
        Expect(id, string.Join(", ", answer.Errors), $"the error of {line}\n{answer}");
        return answer;
    }

    /// <summary>Runs a line with the module for PowerShell 7 on this runtime, over the same store.</summary>
    internal ShellResult DotNet(string line, string user = "", string password = "")
    {
        using Shell shell = new(typeof(Output.SMRunbook).Assembly);
        shell.Variables["credential"] = user.Length == 0 ? null : new PSCredential(user, Secure(password));
        ShellResult result = shell.Invoke($"{line} -StatePath '{StatePath}'");
        return result.HadErrors ? throw new LabException($"{line}: {result.TerminatingError ?? result.Errors[0]}") : result;
    }

    /// <summary>Fails unless both are the same.</summary>
    internal static void Expect<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new LabException($"'{actual}' instead of '{expected}': {what}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (FakeServer server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }
}
