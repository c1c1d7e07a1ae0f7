using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Tests.Package;
using Xunit;

namespace OrchestratorConnector.Tests.Quickstart;

/// <summary>The README's first command, in the double.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task It_does_what_an_admin_does()
    {
        (int code, string output, string error) = await RunAsync("--double");

        Assert.Equal((0, ""), (code, error));
        string[] commands =
        [
            "New-OrchestratorConnector Berlin", "New-OrchestratorRunAsAccount Runbooks", "New-OrchestratorConnector Hamburg", "Test-OrchestratorConnector *",
            "Sync-OrchestratorConnector *", "Get-OrchestratorConnector", "Get-SMRunbook -Connector Berlin", "$difference = Sync-OrchestratorConnector * -WhatIf",
            "$difference.Changes", "Sync-OrchestratorConnector *", "Get-SMRunbook -Status Missing", "Get-OrchestratorConnectorHistory", "Get-OrchestratorConnector",
            "Invoke-SMRunbook 'Archive Mailbox' -Connector Berlin -Mailbox jdoe", "Invoke-SMRunbook 'Archive Mailbox' -Connector Hamburg -Mailbox jdoe",
            "Invoke-SMRunbook 'Archive Mailbox' -Connector Berlin -Mailbox nobody", "Get-SMRunbookJob",
        ];
        int at = 0;
        foreach (string command in commands)
        {
            at = output.IndexOf("PS> " + command, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{command}' was not shown in its place:{Environment.NewLine}{output}");
            at++;
        }

        Assert.Contains("double of PowerShell", output, StringComparison.Ordinal);
        Assert.Contains("The connection to the server was successful.", output, StringComparison.Ordinal);
        Assert.Contains("Ticket=CHG-20417", output, StringComparison.Ordinal);
        Assert.Contains("Ticket=CHG-00388", output, StringComparison.Ordinal);
        Assert.Contains("failed at its activity 'Find Mailbox': There is no mailbox 'nobody'.", output, StringComparison.Ordinal);
        Assert.EndsWith("Every step did what it should.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_helps()
    {
        (int code, string output, string error) = await RunAsync("--help");

        Assert.Equal((0, ""), (code, error));
        Assert.All(new[] { "--double", "--url", "--user", "--password-from-env", "--state" }, option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--nonsense", "'--nonsense' is not known.")]
    [InlineData("--url", "--url needs a value.")]
    [InlineData("--user somebody", "--user and --password-from-env belong together.")]
    [InlineData("--state somewhere", "belong to --url.")]
    public async Task What_it_does_not_understand_it_says(string arguments, string message)
    {
        (int code, string output, string error) = await RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_fails_fails_the_run()
    {
        (int code, string output, string error) = await RunAsync("--double", "--url", "ftp://server");

        Assert.Equal(1, code);
        Assert.Contains("The service URL cannot be used", output, StringComparison.Ordinal);
        Assert.Contains("failed with ServiceUrlInvalid,", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments.Prepend(Repository.Quickstart))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
