using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Paths with all that one of the languages on the way to a scheduler gives a meaning.</summary>
public sealed class AwkwardPaths : TheoryData<string>
{
    public AwkwardPaths()
    {
        Add("/home/anna/state.db");
        Add("/home/anna/my stores/state 2.db");
        Add("/home/anna/O'Brien's ‘store’ ‚x‛.db");
        Add("/home/anna/\"quoted\".db");
        Add("/home/größe/状態/état.db");
        Add("/srv/$HOME/${USER}/$(id)/`id`.db");
        Add("/srv/a;b&c|d>e<f#g!h~i.db");
        Add("/srv/[ab]*?{c,d}.db");
        Add("/srv/<x>&amp;]]>.db");
        Add("/srv/ends in a blank /state ");
        Add("/srv/\ud83d\ude00.db");
    }
}
