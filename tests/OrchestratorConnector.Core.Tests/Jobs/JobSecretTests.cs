using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A secret goes to the server and to whoever waits for the result, and nowhere else.</summary>
public sealed class JobSecretTests
{
    private const string Secret = "hunter2-Geheim";
    private const string Marked = "hunter2 <&> \"Geheim\"";

    public static TheoryData<ConnectorProtocol, string> Secrets => new()
    {
        { ConnectorProtocol.Atom, Secret },
        { ConnectorProtocol.WebApi, Secret },
        { ConnectorProtocol.Atom, Marked },
        { ConnectorProtocol.WebApi, Marked },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_that_a_runbook_echoes_is_given_back_and_not_kept(ConnectorProtocol protocol, string secret)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript
        {
            RunningPolls = 1,
            Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = $"Set '{inputs["User"]}' on {inputs["Computer"]}." },
        });

        JobRecord job = await lab.RunAsync(Order(lab, secret));

        Assert.Equal($"Set '{secret}' on PC1.", JobLab.Output(job, "Result"));
        Assert.Contains(Parts(secret)[0], lab.Posts[0].Body, StringComparison.Ordinal);
        Assert.Equal($"Set '{JobParameter.Mask}' on PC1.", JobLab.Output(lab.Kept, "Result"));
        Assert.Equal([Samples.Pair("Computer", "PC1"), Samples.Pair("User", JobParameter.Mask)], lab.Kept.Parameters);
        NothingTells(lab, secret);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task The_error_of_a_runbook_that_quotes_a_secret_does_not_tell_it(ConnectorProtocol protocol, string secret)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { End = JobEnd.Failure, ErrorText = $"The password '{secret}' is too short." });

        JobRecord job = await lab.RunAsync(Order(lab, secret));

        // It becomes an error here, whose text goes anywhere.
        Assert.Equal($"The password '{JobParameter.Mask}' is too short.", job.Error);
        Assert.Equal($"The password '{JobParameter.Mask}' is too short.", lab.Kept.Error);
        NothingTells(lab, secret);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 400, "StartRejected")]
    [InlineData(ConnectorProtocol.WebApi, 400, "StartRejected")]
    [InlineData(ConnectorProtocol.Atom, 403, "StartRejected")]
    [InlineData(ConnectorProtocol.WebApi, 403, "StartRejected")]
    [InlineData(ConnectorProtocol.Atom, 404, "ResourceNotFound")]
    [InlineData(ConnectorProtocol.WebApi, 409, "RequestRejected")]
    [InlineData(ConnectorProtocol.Atom, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.Atom, 502, "JobOutcomeUnknown")]
    [InlineData(ConnectorProtocol.WebApi, 504, "JobOutcomeUnknown")]
    public async Task A_refusal_that_quotes_a_secret_does_not_tell_it(ConnectorProtocol protocol, int status, string id)
    {
        foreach (string secret in new[] { Secret, Marked })
        {
            await using JobLab lab = await JobLab.StartAsync(protocol);
            lab.Server.Faults.Add(Fault.Status(status).WithMessage($"The value '{secret}' of the parameter is not wanted.").Method("POST"));

            OrchestratorException error = await lab.RefusedAsync(id, Order(lab, secret));

            Assert.All(Parts(secret), p => Assert.DoesNotContain(p, error.ToString(), StringComparison.Ordinal));
            if (id != "JobOutcomeUnknown")
            {
                Assert.Contains($"The value '{JobParameter.Mask}' of the parameter is not wanted.", error.Message, StringComparison.Ordinal);
            }

            Assert.Equal(error.Message, lab.Kept.Error);
            NothingTells(lab, secret);
        }
    }

    // What is cut to a bearable length may be cut within a secret, and a secret may be longer than that.
    [Theory]
    [InlineData(ConnectorProtocol.Atom, 985, 20)]
    [InlineData(ConnectorProtocol.WebApi, 985, 20)]
    [InlineData(ConnectorProtocol.Atom, 10, 3000)]
    [InlineData(ConnectorProtocol.WebApi, 10, 3000)]
    public async Task A_refusal_that_is_too_long_does_not_tell_half_a_secret(ConnectorProtocol protocol, int before, int length)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        string secret = "hunter2" + string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        lab.Server.Faults.Add(Fault.Status(400).WithMessage($"{new string('x', before)} '{secret}' is not wanted.").Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("StartRejected", Order(lab, secret));

        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", lab.Kept.Error, StringComparison.Ordinal);
    }

    // Whoever quotes a text as XML or HTML may escape more of it than needs be.
    [Theory]
    [InlineData("hunter2 &lt;&amp;&gt; &quot;Geheim&quot;")]
    [InlineData("hunter2 &#60;&#38;&#62; &#34;Geheim&#34;")]
    public async Task A_refusal_that_quotes_a_secret_escaped_does_not_tell_it(string quoted)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Server.Faults.Add(Fault.Status(400).WithMessage($"The value '{quoted}' is not wanted.").Method("POST"));

        await lab.RefusedAsync("StartRejected", Order(lab, Marked));

        NothingTells(lab, Marked);
    }

    // Line ends do not survive XML, and become blanks where an error is put on one line.
    [Theory]
    [InlineData(ConnectorProtocol.Atom, "application/xml", "<error><message>'hunter2\r\n\tand Geheim\r\n' is not wanted.</message></error>")]
    [InlineData(ConnectorProtocol.WebApi, "application/json", "{\"message\":\"'hunter2\\r\\n\\tand Geheim\\r\\n' is not wanted.\"}")]
    public async Task A_refusal_that_quotes_a_secret_of_several_lines_does_not_tell_it(ConnectorProtocol protocol, string type, string body)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Server.Faults.Add(Fault.Status(400).WithBody(body, type).Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("StartRejected", Order(lab, "hunter2\r\n\tand Geheim\r\n"));

        // Blanks around a secret are none.
        Assert.Matches(@"'\*{8}\s*' is not wanted\.", error.Message);
        Assert.DoesNotContain("Geheim", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim", lab.Kept.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task An_output_that_lost_its_line_ends_is_not_kept(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript
        {
            Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = inputs["User"].Replace("\r\n", "\n", StringComparison.Ordinal) },
        });

        JobRecord job = await lab.RunAsync(Order(lab, "hunter2\r\nGeheim"));

        Assert.Equal("hunter2\nGeheim", JobLab.Output(job, "Result"));
        Assert.Equal(JobParameter.Mask, JobLab.Output(lab.Kept, "Result"));
    }

    // Long values, and values that a pattern could choke on.
    [Theory]
    [InlineData("  x")]
    [InlineData("x  ")]
    [InlineData("a a")]
    [InlineData("((a+)+)+$ [")]
    public async Task A_mask_does_not_choke(string secret)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi, new JobScript
        {
            Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = new string(' ', 100_000) + string.Concat(Enumerable.Repeat("a ", 50_000)) + inputs["User"] },
        });

        await lab.RunAsync(Order(lab, secret));

        Assert.EndsWith(JobParameter.Mask, JobLab.Output(lab.Kept, "Result")!.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_very_long_secret_is_masked()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi);
        string secret = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}<\r\n"));

        JobRecord job = await lab.RunAsync(JobLab.Order(lab.Echo, new GivenValue("Text", secret, IsSecret: true)));

        Assert.Equal(secret, JobLab.Output(job, "Text"));
        Assert.Equal(JobParameter.Mask, JobLab.Output(lab.Kept, "Text")!.TrimEnd());
    }

    [Fact]
    public async Task A_refusal_that_quotes_the_document_does_not_tell_a_secret()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        // As it stands in the entry: escaped once, for a server that has read the entry.
        lab.Server.Faults.Add(Fault.Status(400).WithMessage("Job parameter is wrong. <Data><Value>hunter2 &lt;&amp;&gt; \"Geheim\"</Value></Data>").Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("StartRejected", Order(lab, Marked));

        Assert.Contains($"<Value>{JobParameter.Mask}</Value>", error.Message, StringComparison.Ordinal);
        NothingTells(lab, Marked);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_job_that_another_process_takes_up_keeps_its_secrets(ConnectorProtocol protocol)
    {
        foreach (bool waits in new[] { false, true })
        {
            await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript
            {
                Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = $"Set '{inputs["User"]}'." },
            });
            await lab.StartAsync(Order(lab, Marked));
            lab.Reopen();
            JobRecord left = lab.Kept;

            // Nobody knows the secret here any more, but the server tells it.
            JobRecord job = waits
                ? await lab.WaitAsync(left)
                : await lab.Session.Watcher.RefreshAsync(left, CancellationToken.None).WaitAsync(Remote.Patience);

            Assert.Equal($"Set '{Marked}'.", JobLab.Output(job, "Result"));
            Assert.Equal(JobStatus.Completed, lab.Kept.Status);
            NothingTells(lab, Marked);
        }
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_failed_job_that_another_process_takes_up_keeps_its_secrets(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { End = JobEnd.Failure, ErrorText = $"'{Secret}' is too short." });
        await lab.StartAsync(Order(lab, Secret));
        lab.Reopen();

        await lab.Session.Watcher.RefreshAsync(lab.Kept, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(JobStatus.Completed, lab.Kept.Status);
        Assert.NotNull(lab.Kept.Error);
        NothingTells(lab, Secret);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_job_that_is_stopped_in_the_end_keeps_its_secrets(ConnectorProtocol protocol)
    {
        // It ends at the very moment in which it is to be stopped, with an output.
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript
        {
            End = JobEnd.Never,
            Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = inputs["User"] },
        });
        JobOrder order = Order(lab, Secret);
        JobRecord started = await lab.StartAsync(order);

        JobRecord job = await lab.WaitAsync(started, new JobWaitOptions
        {
            Timeout = TimeSpan.Zero,
            StopOnTimeout = true,
            Parameters = order.Parameters,
            Seen = (j, _, _) =>
            {
                if (!j.IsOver)
                {
                    lab.Board.Finish(j.JobId!.Value);
                }
            },
        });

        // It was over before it was stopped: that is its result.
        Assert.Equal((JobStatus.Completed, Secret), (job.Status, JobLab.Output(job, "Result")));
        Assert.Equal((JobStatus.Completed, JobParameter.Mask), (lab.Kept.Status, JobLab.Output(lab.Kept, "Result")));
        NothingTells(lab, Secret);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_lost_answer_does_not_tell_a_secret(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown", Order(lab, Secret));

        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        NothingTells(lab, Secret);
    }

    [Fact]
    public async Task A_warning_about_a_value_does_not_tell_it()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Quirks.ParameterUnescapes = 2;

        await lab.RunAsync(Order(lab, "hunter2&amp;Geheim"));

        Assert.Single(lab.Reporter.Warnings);
        NothingTells(lab, "hunter2&amp;Geheim");
    }

    [Fact]
    public void A_secret_has_no_text()
    {
        Assert.Equal("Password=********", new JobParameter("Password", Guid.Empty, Secret, IsSecret: true).ToString());
        Assert.Equal(JobParameter.Mask, new JobParameter("Password", Guid.Empty, "", IsSecret: true).VisibleValue);
    }

    private static JobOrder Order(JobLab lab, string secret) => JobLab.Order(lab.Reset, new GivenValue("Computer", "PC1"), new GivenValue("User", secret, IsSecret: true));

    /// <summary>Words of a secret that stand in no other text here, whatever is escaped between them.</summary>
    private static string[] Parts(string secret) => secret.Contains("-Geheim", StringComparison.Ordinal) ? [secret] : ["hunter2", "Geheim"];

    private static void NothingTells(JobLab lab, string secret)
    {
        foreach (string part in Parts(secret))
        {
            Assert.All(lab.Reporter.VerboseLines.Concat(lab.Reporter.DebugLines), l => Assert.DoesNotContain(part, l, StringComparison.Ordinal));
            Assert.All(lab.Reporter.Warnings, l => Assert.DoesNotContain(part, l, StringComparison.Ordinal));
            // The file and whatever SQLite keeps beside it.
            string[] files = Directory.GetFiles(Path.GetDirectoryName(lab.Store.Location)!);
            Assert.Contains(files, f => Holds(f, "PC1"));
            Assert.All(files, f => Assert.False(Holds(f, part), $"'{part}' stands in {f}."));
        }
    }

    private static bool Holds(string path, string text)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
    }
}
