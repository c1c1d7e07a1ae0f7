using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Errors;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>A store that is none: every cmdlet says so, and does not touch it.</summary>
public sealed class BadStoreTests : CmdletTest
{
    public static TheoryData<string, string> Lines => new()
    {
        { "NewOrchestratorConnectorCommand", "New-OrchestratorConnector B http://127.0.0.1:1 -SkipTest" },
        { "GetOrchestratorConnectorCommand", "Get-OrchestratorConnector" },
        { "SetOrchestratorConnectorCommand", "Set-OrchestratorConnector B -Description x" },
        { "RemoveOrchestratorConnectorCommand", "Remove-OrchestratorConnector B -Confirm:$false" },
        { "EnableOrchestratorConnectorCommand", "Enable-OrchestratorConnector B" },
        { "DisableOrchestratorConnectorCommand", "Disable-OrchestratorConnector B" },
        { "TestOrchestratorConnectorCommand", "Test-OrchestratorConnector B" },
        { "SyncOrchestratorConnectorCommand", "Sync-OrchestratorConnector B" },
        { "SyncOrchestratorConnectorCommand", "Sync-OrchestratorConnector -Due" },
        { "GetOrchestratorConnectorHistoryCommand", "Get-OrchestratorConnectorHistory" },
        { "NewOrchestratorRunAsAccountCommand", "New-OrchestratorRunAsAccount A -SecretName s" },
        { "GetOrchestratorRunAsAccountCommand", "Get-OrchestratorRunAsAccount" },
        { "SetOrchestratorRunAsAccountCommand", "Set-OrchestratorRunAsAccount A -Description x" },
        { "RemoveOrchestratorRunAsAccountCommand", "Remove-OrchestratorRunAsAccount A -Confirm:$false" },
        { "GetOrchestratorFolderCommand", "Get-OrchestratorFolder B" },
        { "GetSMRunbookCommand", "Get-SMRunbook" },
        { "InvokeSMRunbookCommand", "Invoke-SMRunbook R" },
        { "StartSMRunbookCommand", @"Start-SMRunbook -Path \R" },
        { "GetSMRunbookJobCommand", "Get-SMRunbookJob" },
        { "GetSMRunbookJobCommand", "Get-SMRunbookJob -Remote" },
        { "WaitSMRunbookJobCommand", "Wait-SMRunbookJob 11111111-1111-1111-1111-111111111111" },
        { "StopSMRunbookJobCommand", "Stop-SMRunbookJob 11111111-1111-1111-1111-111111111111" },
        { "NewSMRunbookActivityCommand", "New-SMRunbookActivity A R" },
        { "GetSMRunbookActivityCommand", "Get-SMRunbookActivity" },
        { "SetSMRunbookActivityCommand", "Set-SMRunbookActivity A -Description x" },
        { "RemoveSMRunbookActivityCommand", "Remove-SMRunbookActivity A -Confirm:$false" },
        { "InvokeSMRunbookActivityCommand", "1 | Invoke-SMRunbookActivity A" },
        { "CompareSMRunbookCommand", "Compare-SMRunbook" },
        { "ApproveSMRunbookCommand", "Approve-SMRunbook R" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void No_database_at_all(string command, string line)
    {
        File.WriteAllText(StatePath, string.Concat(Enumerable.Repeat("This is a letter to somebody.\n", 200)));

        AssertUntouched("StoreNotADatabase", command, line, ErrorCategory.ResourceUnavailable);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void One_of_a_newer_version(string command, string line)
    {
        Good("Get-OrchestratorConnector");
        Execute("PRAGMA user_version=9999");

        AssertUntouched("StoreNewer", command, line, ErrorCategory.ResourceUnavailable);
    }

    [Theory]
    [InlineData("GetOrchestratorConnectorCommand", "Get-OrchestratorConnector")]
    [InlineData("NewOrchestratorConnectorCommand", "New-OrchestratorConnector Hamburg http://127.0.0.1:1 -SkipTest")]
    public void A_damaged_one(string command, string line)
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        using (FileStream file = new(StatePath, FileMode.Open))
        {
            // The page size stays readable; what the pages hold does not.
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xEE, (int)file.Length - 100).ToArray());
        }

        AssertUntouched("StoreDamaged", command, line, ErrorCategory.ResourceUnavailable);
    }

    [Fact]
    public void A_folder()
    {
        Directory.CreateDirectory(StatePath);

        Assert.Equal("StoreUnavailable" + Commands + "GetOrchestratorConnectorCommand", Run("Get-OrchestratorConnector").TerminatingError!.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_path_below_a_file()
    {
        File.WriteAllText(Beside("file"), "x");

        ShellResult result = Shell.Invoke("Get-OrchestratorConnector -StatePath $path", ("path", Path.Combine(Beside("file"), "state.db")));

        Assert.Equal("StoreUnavailable" + Commands + "GetOrchestratorConnectorCommand", result.TerminatingError!.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_drive_that_is_not_there()
    {
        ShellResult result = Shell.Invoke("Get-OrchestratorConnector -StatePath nowhere:/state.db");

        Assert.NotNull(result.TerminatingError);
        Assert.Contains("nowhere", result.TerminatingError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_path_is_below_the_sessions_own_directory()
    {
        Shell.Location = Path.GetDirectoryName(StatePath)!;

        ShellResult result = Shell.Invoke("New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -StatePath deep/er/state.db");

        AssertGood(result);
        Assert.True(File.Exists(Path.Combine(Shell.Location, "deep", "er", "state.db")));
    }

    private void AssertUntouched(string id, string command, string line, ErrorCategory category)
    {
        Dictionary<string, string> before = Files();

        ShellResult result = Run(line);

        ErrorRecord error = Assert.Single(result.Errors.Concat(result.TerminatingError is { } last ? [last] : []));
        Assert.Equal(id + Commands + command, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.IsType<OrchestratorException>(error.Exception);
        Assert.Contains(StatePath, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, Files());
    }

    private Dictionary<string, string> Files()
        => Directory.EnumerateFiles(Path.GetDirectoryName(StatePath)!).ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f)));

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={StatePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
