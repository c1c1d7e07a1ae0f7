using System.Globalization;

namespace Quickstart;

/// <summary>The session against a real server, from which it is only read.</summary>
internal static class ServerSession
{
    private const string Connector = "Quickstart";

    internal static void Run(IPrompt prompt, CommandLine line, TemporaryStore store)
    {
        Session.Note(prompt.Description, store.IsKept ? $"The store {store.Path} is kept." : "The store is temporary.");
        Session session = new(prompt);
        session.Run($"Import-Module {prompt.Manifest}", 0);
        string settings = $"{Connector} -ServiceUrl {Quote(line.Url!)}";
        if (line.User is { } user)
        {
            Session.Note("Get-Credential would ask for the password; here it gives the one that was named.");
            session.Run($"$credential = Get-Credential {Quote(user)}", 0);
            settings += " -Credential $credential" + (line.AllowsUnencrypted ? " -AllowUnencryptedAuthentication" : string.Empty);
        }

        bool isThere = store.IsKept && Library.HasConnector(store.Path, Connector);
        Session.Expect(session.Run(isThere ? $"Set-OrchestratorConnector {settings} -PassThru" : $"New-OrchestratorConnector {settings}", 1), ("Name", Connector));
        Session.Expect(session.Run($"Test-OrchestratorConnector {Connector}", 1), ("Success", "True"));
        int before = Library.Read(store.Path).Count;
        var result = session.Run($"Sync-OrchestratorConnector {Connector}", 1);
        Session.Expect(result, ("Status", "FinishedSuccess"));
        long count = Library.Read(store.Path).Count;
        Session.Expect(
            count == before + long.Parse(result[0]["Added"], CultureInfo.InvariantCulture),
            $"the library has {Session.Number(count)} runbooks, which is not what the synchronization says");
        Session.Expect(session.Run("Get-OrchestratorConnector", 1), ("Status", "FinishedSuccess"));
        Session.Expect(session.Run("Get-SMRunbook | Select-Object -First 20"), ("Connector", Connector));
        session.Run($"Get-OrchestratorConnectorHistory {Connector} -Last 5");
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", System.StringComparison.Ordinal) + "'";
}
