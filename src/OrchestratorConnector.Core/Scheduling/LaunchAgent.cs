using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// The property list of a launch agent, as text and read back. An interval that passes while the machine sleeps is skipped;
/// what was due then is done at the next one, and after a start of the machine at once (RunAtLoad).
/// </summary>
internal static class LaunchAgent
{
    /// <summary>The property list of a job.</summary>
    public static string Text(ScheduledJob job)
    {
        XElement keys = new(
            "dict",
            Entry("Label", new XElement("string", job.Name)),
            Entry("ProgramArguments", new XElement("array", new[] { job.Shell }.Concat(job.Arguments).Select(a => new XElement("string", a)))),
            Entry("StartInterval", new XElement("integer", ((int)job.Every.TotalSeconds).ToString(CultureInfo.InvariantCulture))),
            Entry("RunAtLoad", new XElement("true")),
            Entry("ProcessType", new XElement("string", "Background")));
        XDocument document = new(
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null),
            new XElement("plist", new XAttribute("version", "1.0"), keys));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document.ToString().Replace("\r", "") + "\n";

        static object[] Entry(string key, XElement value) => [new XElement("key", key), value];
    }

    /// <summary>The program and its arguments, and the time between two runs, that a property list names.</summary>
    public static (IReadOnlyList<string> Words, TimeSpan? Every) Read(string text)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            XElement? keys = XDocument.Load(reader).Root?.Element("dict");
            return (
                [.. Value("ProgramArguments")?.Elements("string").Select(e => e.Value) ?? []],
                int.TryParse(Value("StartInterval")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null);

            XElement? Value(string key) => keys?.Elements("key").FirstOrDefault(k => k.Value == key)?.ElementsAfterSelf().FirstOrDefault();
        }
        catch (XmlException)
        {
            return ([], null);
        }
    }
}
