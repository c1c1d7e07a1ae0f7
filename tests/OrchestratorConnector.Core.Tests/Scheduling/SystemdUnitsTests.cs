using System;
using System.Linq;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>The two units of a timer, to the letter, and back.</summary>
public sealed class SystemdUnitsTests
{
    [Fact]
    public void The_service() => Assert.Equal(
        """
        # Made by Register-OrchestratorConnectorSchedule.
        [Unit]
        Description=Synchronizes the connectors of /home/anna/state.db that are due

        [Service]
        Type=oneshot
        ExecStart="/opt/pwsh/pwsh" "-NoProfile" "-NonInteractive" "-Command" "Import-Module -Name '/opt/modules/OrchestratorConnector/0.1.0/OrchestratorConnector.psd1' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath '/home/anna/state.db'"
        TimeoutStartSec=14400

        """,
        SystemdUnits.Service(JobSamples.Plain));

    [Fact]
    public void The_timer() => Assert.Equal(
        """
        # Made by Register-OrchestratorConnectorSchedule.
        [Unit]
        Description=Synchronizes the connectors of /home/anna/state.db that are due

        [Timer]
        OnCalendar=*:0/5
        Persistent=true
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """,
        SystemdUnits.Timer(JobSamples.Plain));

    [Fact]
    public void Percent_dollar_quote_and_backslash_are_what_they_are()
    {
        string service = SystemdUnits.Service(JobSamples.Of("/s/100% $HOME \"x\" \\n.db", shell: "/opt/$p%h/pwsh"));

        Assert.Contains("Description=Synchronizes the connectors of /s/100%% $HOME \"x\" \\n.db that are due\n", service, StringComparison.Ordinal);
        Assert.Contains("ExecStart=\"/opt/$p%%h/pwsh\" ", service, StringComparison.Ordinal);
        Assert.Contains(" -StatePath '/s/100%% $$HOME \\\"x\\\" \\\\n.db'\"\n", service, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "*:0/1")]
    [InlineData(15, "*:0/15")]
    [InlineData(30, "*:0/30")]
    [InlineData(60, "*:0")]
    public void How_often(int minutes, string calendar)
    {
        string timer = SystemdUnits.Timer(JobSamples.Of("/s", minutes));

        Assert.Contains($"\nOnCalendar={calendar}\n", timer, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(minutes), SystemdUnits.EveryOf(timer));
    }

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    [InlineData("/srv/50% of %h %%.db")]
    [InlineData(@"/srv/back\slash\\two.db")]
    public void What_is_written_is_read_back(string path)
    {
        ScheduledJob job = JobSamples.Of(path, shell: "/opt" + path, module: "/modules" + path);

        Assert.Equal(job.Arguments.Prepend(job.Shell), SystemdUnits.Words(SystemdUnits.CommandOf(SystemdUnits.Service(job))));
    }

    [Fact]
    public void A_unit_of_another_form_tells_nothing()
    {
        Assert.Null(SystemdUnits.EveryOf("[Timer]\nOnCalendar=daily\n"));
        Assert.Equal(string.Empty, SystemdUnits.CommandOf("[Service]\n"));
        Assert.Empty(SystemdUnits.Words(string.Empty));
    }
}
