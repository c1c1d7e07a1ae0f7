namespace OrchestratorConnector.Scheduling;

/// <summary>The account that a task of Windows runs as, whether it is signed in or not.</summary>
/// <param name="userName">Its name.</param>
/// <param name="password">Its password; <see langword="null"/> for a group managed service account, whose password Windows knows.</param>
internal sealed class TaskAccount(string userName, string? password)
{
    /// <summary>The name.</summary>
    public string UserName => userName;

    /// <summary>The password, for Task Scheduler alone.</summary>
    public string? Password => password;
}
