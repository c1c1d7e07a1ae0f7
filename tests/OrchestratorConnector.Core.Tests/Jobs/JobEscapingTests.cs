using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A value comes out of a runbook as it was put in, whichever way the server reads it.</summary>
public sealed class JobEscapingTests
{
    private static readonly string[] Pieces =
    [
        "<", ">", "&", "&amp;", "&lt;", "&#xD;", "&amp;amp;", "&#38;", "&nbsp;", "]]>", "<![CDATA[", "]]", "<!--", "-->", "<?x?>", "<b a=\"1\">", "</Value>", "</Data>", "%26", "\\u0026",
        "\"", "'", "\\", "{", "}", "\n", "\r\n", "\r", "\t", " ", "  ", "\u00A0", "\u0085", "\u2028", "a", "Ü", "ß", "漢字", "שלום", "مرحبا", "\u202E", "\u200F", "🚀", "👩‍👩‍👧", "e\u0301",
        "\u007F", "\uFEFF", "\uFFFD", "\uE000", "0", "null", "true", "$(x)", "`",
    ];

    private static readonly string[] Special =
    [
        "", " ", "   ", "\n", "\r\n", "\r", "\t", " \t\r\n ", " leading", "trailing ", "\nleading", "trailing\n", "\r", "a\rb\r\nc\nd", "]]>", "&amp;", "&amp;amp;amp;", "<", "<<>>", "\"", "'", "\\", "🚀",
        "<Data><Parameter><ID>{00000000-0000-0000-0000-000000000000}</ID><Value>x</Value></Parameter></Data>", "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;", "\u202Eabc", "مرحبا & שלום <ok>",
    ];

    public static TheoryData<ConnectorProtocol, int, ParameterEncoding> Readings => new()
    {
        { ConnectorProtocol.WebApi, 1, ParameterEncoding.Auto },
        { ConnectorProtocol.WebApi, 1, ParameterEncoding.Twice },
        { ConnectorProtocol.Atom, 1, ParameterEncoding.Once },
        { ConnectorProtocol.Atom, 2, ParameterEncoding.Twice },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task Whatever_goes_in_comes_out(ConnectorProtocol protocol, int unescapes, ParameterEncoding encoding)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, connector: c => c with { ParameterEncoding = encoding });
        lab.Quirks.ParameterUnescapes = unescapes;
        LibraryRunbook echo = lab.Echo;
        JobSession session = lab.Session;
        Random random = new(20260304);
        List<string> values = [.. Special, .. Enumerable.Range(0, 300).Select(_ => Generated(random)), Long(random)];

        foreach (string[] some in values.Chunk(16))
        {
            await Task.WhenAll(some.Select(async value =>
            {
                JobOrder order = JobLab.Order(echo, ("Text", value));
                JobRecord job = await session.Starter.StartAsync(order, default);
                job = await session.Watcher.WaitAsync(job, new JobWaitOptions(), default);
                Assert.True(value == JobLab.Output(job, "Text"), $"'{Shown(value)}' came out as '{Shown(JobLab.Output(job, "Text")!)}'.");
                Assert.Equal(value, Assert.Single(job.Parameters).Value);
            })).WaitAsync(Remote.Patience * 4);
        }

        Assert.Equal(values.Count, lab.Board.Started);
        Assert.Equal(values.Count, lab.Posts.Count);
        // Kept as they are, too.
        Assert.Equal(values.Order(StringComparer.Ordinal), lab.Store.FindJobs(new JobQuery()).Select(j => JobLab.Output(j, "Text")!).Order(StringComparer.Ordinal));
        Assert.Empty(lab.Reporter.Warnings);
        Assert.Equal(ParameterEncoding.Auto, lab.Lab.State.Connector.KnownEncoding);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task With_auto_whatever_goes_in_comes_out_once_the_first_has_told(int unescapes)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Quirks.ParameterUnescapes = unescapes;
        await lab.RunAsync(Text(lab, "a & b"));
        Random random = new(unescapes);

        for (int i = 0; i < 40; i++)
        {
            string value = Generated(random);
            Assert.Equal(value, JobLab.Output(await lab.RunAsync(Text(lab, value)), "Text"));
        }

        Assert.Equal(41, lab.Board.Started);
        Assert.Equal(unescapes == 1 ? 41 : 42, lab.Posts.Count);
        Assert.Empty(lab.Reporter.Warnings);
    }

    [Fact]
    public async Task A_server_of_the_first_reading_is_known_by_its_first_job_where_it_matters()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);

        JobRecord job = await lab.RunAsync(Text(lab, "a & b"));

        Assert.Equal("a & b", JobLab.Output(job, "Text"));
        Assert.Equal(ParameterEncoding.Once, lab.Lab.State.Connector.KnownEncoding);
        Assert.Equal([201], lab.Posts.Select(p => p.Status));
        Assert.Contains("a &amp;amp; b", lab.Posts[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("&amp;amp;amp;", lab.Posts[0].Body, StringComparison.Ordinal);
        Assert.Empty(lab.Reporter.Warnings);
    }

    [Theory]
    [InlineData("a & b")]
    [InlineData("<b>")]
    [InlineData("1 < 2")]
    [InlineData("]]>")]
    public async Task A_server_of_the_other_reading_refuses_once_and_is_known_then(string value)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Quirks.ParameterUnescapes = 2;

        JobRecord job = await lab.RunAsync(Text(lab, value));

        Assert.Equal((value, 1), (JobLab.Output(job, "Text"), lab.Board.Started));
        Assert.Equal([400, 201], lab.Posts.Select(p => p.Status));
        Assert.Equal(ParameterEncoding.Twice, lab.Lab.State.Connector.KnownEncoding);
        Assert.Equal((JobStatus.Completed, job.JobId), (lab.Kept.Status, lab.Kept.JobId));
        Assert.Empty(lab.Reporter.Warnings);

        // At once for the next job of this session, and of another one.
        await lab.RunAsync(Text(lab, value));
        lab.Reopen();
        JobRecord last = await lab.RunAsync(Text(lab, value));

        Assert.Equal(value, JobLab.Output(last, "Text"));
        Assert.Equal([400, 201, 201, 201], lab.Posts.Select(p => p.Status));
    }

    // What singly escaped is XML for a server that un-escapes twice, and another text.
    [Theory]
    [InlineData("&amp;", "&")]
    [InlineData("&lt;", "<")]
    [InlineData("a\rb", "a\nb")]
    public async Task A_value_that_the_server_read_otherwise_is_warned_about_and_the_next_goes_right(string value, string read)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Quirks.ParameterUnescapes = 2;

        JobRecord first = await lab.RunAsync(Text(lab, value));

        Assert.Equal((read, 1), (JobLab.Output(first, "Text"), lab.Posts.Count));
        Assert.Contains("'Text'", Assert.Single(lab.Reporter.Warnings), StringComparison.Ordinal);
        Assert.Contains($"{first.JobId}", lab.Reporter.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(ParameterEncoding.Twice, lab.Lab.State.Connector.KnownEncoding);

        JobRecord second = await lab.RunAsync(Text(lab, value));

        Assert.Equal((value, 2), (JobLab.Output(second, "Text"), lab.Posts.Count));
        Assert.Single(lab.Reporter.Warnings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_tells_nothing_teaches_nothing(int unescapes)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Quirks.ParameterUnescapes = unescapes;

        foreach (string value in new[] { "", "plain", "> \" ' ü \n\t 🚀", "  " })
        {
            Assert.Equal(value, JobLab.Output(await lab.RunAsync(Text(lab, value)), "Text"));
        }

        Assert.Equal(ParameterEncoding.Auto, lab.Lab.State.Connector.KnownEncoding);
        Assert.Equal(4, lab.Posts.Count);
    }

    [Fact]
    public async Task An_answer_without_the_parameters_teaches_nothing()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        // Only the address of the job is left of it.
        lab.Server.Faults.Add(Fault.Empty().Method("POST"));

        JobRecord job = await lab.RunAsync(Text(lab, "a & b"));

        Assert.Equal("a & b", JobLab.Output(job, "Text"));
        Assert.Equal(ParameterEncoding.Auto, lab.Lab.State.Connector.KnownEncoding);
        Assert.Empty(lab.Reporter.Warnings);
    }

    [Theory]
    [InlineData(ParameterEncoding.Once, 2)]
    [InlineData(ParameterEncoding.Twice, 1)]
    public async Task What_was_decided_is_not_found_out(ParameterEncoding decided, int unescapes)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom, connector: c => c with { ParameterEncoding = decided });
        lab.Quirks.ParameterUnescapes = unescapes;

        if (decided == ParameterEncoding.Once)
        {
            await lab.RefusedAsync("StartRejected", Text(lab, "a & b"));
        }
        else
        {
            Assert.Equal("a &amp; b", JobLab.Output(await lab.RunAsync(Text(lab, "a & b")), "Text"));
        }

        Assert.Single(lab.Posts);
        Assert.Equal(ParameterEncoding.Auto, lab.Lab.State.Connector.KnownEncoding);
    }

    [Fact]
    public async Task A_second_refusal_is_the_last()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Server.Faults.Add(Fault.Status(400).WithMessage("Job parameter not in expected format.").Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("StartRejected", Text(lab, "a & b"));

        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Equal((2, 0), (lab.Posts.Count, lab.Board.Started));
        Assert.Equal((JobStatus.Failed, ParameterEncoding.Auto), (lab.Kept.Status, lab.Lab.State.Connector.KnownEncoding));
    }

    [Theory]
    [InlineData("The runbook 'Echo ' cannot be started because it is checked out.", "a & b")]
    [InlineData("Job parameter not in expected format.", "plain")]
    public async Task Another_refusal_is_final(string says, string value)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        lab.Server.Faults.Add(Fault.Status(400).WithMessage(says).Method("POST"));

        await lab.RefusedAsync("StartRejected", Text(lab, value));

        Assert.Single(lab.Posts);
    }

    [Fact]
    public async Task A_lost_answer_to_the_second_try_is_lost()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom, JobScript.Never);
        lab.Quirks.ParameterUnescapes = 2;
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST").From(2));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown", Text(lab, "a & b"));

        Assert.Equal((2, 1), (lab.Posts.Count, lab.Board.Started));
        Assert.Contains(lab.Board.All[0].Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    private static JobOrder Text(JobLab lab, string value) => JobLab.Order(lab.Echo, ("Text", value));

    private static string Generated(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Long(Random random)
    {
        StringBuilder text = new();
        while (text.Length < 100_000)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }

    private static string Shown(string value) => string.Concat(value.Take(200).Select(c => c is >= ' ' and < '\u007F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
