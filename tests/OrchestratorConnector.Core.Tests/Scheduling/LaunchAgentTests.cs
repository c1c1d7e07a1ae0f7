using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Schema;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>The property list of a launch agent, to the letter, by Apple's document type, and back.</summary>
public sealed class LaunchAgentTests
{
    // What the document type of property lists says, in short.
    private const string Type = """
        <!ELEMENT plist (dict)>
        <!ATTLIST plist version CDATA "1.0">
        <!ELEMENT array (array|dict|string|integer|true|false)*>
        <!ELEMENT dict (key, (array|dict|string|integer|true|false))*>
        <!ELEMENT key (#PCDATA)>
        <!ELEMENT string (#PCDATA)>
        <!ELEMENT integer (#PCDATA)>
        <!ELEMENT true EMPTY>
        <!ELEMENT false EMPTY>
        """;

    [Fact]
    public void The_property_list() => Assert.Equal(
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
          <dict>
            <key>Label</key>
            <string>{JobSamples.Plain.Name}</string>
            <key>ProgramArguments</key>
            <array>
              <string>/opt/pwsh/pwsh</string>
              <string>-NoProfile</string>
              <string>-NonInteractive</string>
              <string>-Command</string>
              <string>Import-Module -Name '/opt/modules/OrchestratorConnector/0.1.0/OrchestratorConnector.psd1' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath '/home/anna/state.db'</string>
            </array>
            <key>StartInterval</key>
            <integer>300</integer>
            <key>RunAtLoad</key>
            <true />
            <key>ProcessType</key>
            <string>Background</string>
          </dict>
        </plist>

        """,
        LaunchAgent.Text(JobSamples.Plain));

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    [InlineData(@"/srv/50% back\slash.db")]
    public void What_is_written_is_valid_and_read_back(string path)
    {
        ScheduledJob job = JobSamples.Of(path, 60, shell: "/opt" + path, module: "/modules" + path);
        string text = LaunchAgent.Text(job);

        Validate(text);
        (IReadOnlyList<string> words, TimeSpan? every) = LaunchAgent.Read(text);
        Assert.Equal(job.Arguments.Prepend(job.Shell), words);
        Assert.Equal(TimeSpan.FromHours(1), every);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not XML")]
    [InlineData("<plist/>")]
    [InlineData("<plist><dict><key>StartInterval</key></dict></plist>")]
    public void What_is_none_tells_nothing(string text)
    {
        (IReadOnlyList<string> words, TimeSpan? every) = LaunchAgent.Read(text);

        Assert.Empty(words);
        Assert.Null(every);
    }

    [Fact]
    public void The_rules_of_this_test_refuse_what_is_no_property_list() =>
        Assert.ThrowsAny<XmlSchemaException>(() => Validate(LaunchAgent.Text(JobSamples.Plain).Replace("integer>", "number>", StringComparison.Ordinal)));

    private static void Validate(string text)
    {
        int start = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
        int end = text.IndexOf('>', start);
        string own = string.Concat(text.AsSpan(0, start), $"<!DOCTYPE plist [{Type}]>", text.AsSpan(end + 1));
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Parse, ValidationType = ValidationType.DTD, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new StringReader(own), settings);
        while (reader.Read())
        {
        }
    }
}
