using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Transfer.Json;

namespace OrchestratorConnector.Transfer;

/// <summary>
/// Reads a document and holds it against the rules that New-OrchestratorConnector and its like hold what is typed against. What
/// a later version may have added is skipped with a warning.
/// </summary>
internal sealed class ConnectorDocumentReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // What Windows PowerShell's Out-File and Set-Content make of a file on its way.
    private static readonly Encoding[] Marked =
    [
        Utf8,
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    private readonly string _file;
    private readonly Action<string> _warn;
    private readonly HashSet<string> _warned = [];

    private ConnectorDocumentReader(string file, Action<string> warn)
    {
        _file = file;
        _warn = warn;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="stream">The JSON: UTF-8, or UTF-16 with its mark.</param>
    /// <param name="file">Where it comes from, for errors.</param>
    /// <param name="warn">Is told what was skipped.</param>
    /// <exception cref="OrchestratorException">ImportMalformed, ImportInvalid, ImportVersionNewer, ImportTooLarge.</exception>
    public static ConnectorDocument Read(Stream stream, string file, Action<string> warn) =>
        new ConnectorDocumentReader(file, warn).Document(JsonParser.Parse(Text(stream, file), file));

    private static string Text(Stream stream, string file)
    {
        using MemoryStream content = new();
        byte[] block = new byte[64 * 1024];
        int count;
        while ((count = stream.Read(block, 0, block.Length)) > 0)
        {
            content.Write(block, 0, count);
            if (content.Length > MostBytes)
            {
                throw Error.ImportTooLarge(file, MostBytes);
            }
        }

        byte[] bytes = content.ToArray();
        Encoding? marked = Marked.FirstOrDefault(e => bytes.AsSpan().StartsWith(e.GetPreamble()));
        int mark = marked?.GetPreamble().Length ?? 0;
        try
        {
            return (marked ?? Utf8).GetString(bytes, mark, bytes.Length - mark);
        }
        catch (DecoderFallbackException e)
        {
            int line = bytes.Take(mark + e.Index).Count(b => b == '\n') + 1;
            throw Error.ImportMalformed(file, line, 1, "somewhere in this line stand bytes that are not text in UTF-8");
        }
    }

    private ConnectorDocument Document(JsonValue root)
    {
        DocumentItem item = new(root, _file, "the document");
        int version = item.Number(nameof(ConnectorDocument.SchemaVersion)) ?? throw item.Invalid($"it has no {nameof(ConnectorDocument.SchemaVersion)}; a file of Export-OrchestratorConnector has.");
        if (version > ConnectorDocument.SchemaVersion)
        {
            throw Error.ImportVersionNewer(_file, version, ConnectorDocument.SchemaVersion);
        }

        if (version < 1)
        {
            throw item.Invalid($"its {nameof(ConnectorDocument.SchemaVersion)} is less than 1.");
        }

        ConnectorDocument document = new()
        {
            ProductVersion = item.OptionalText(nameof(ConnectorDocument.ProductVersion)) ?? string.Empty,
            ExportTime = Time(item, nameof(ConnectorDocument.ExportTime)),
            Accounts = Many(item, nameof(ConnectorDocument.Accounts), "Run As account", Account, a => a.Name),
            Connectors = Many(item, nameof(ConnectorDocument.Connectors), "connector", Connector, c => c.Name),
            Activities = Many(item, nameof(ConnectorDocument.Activities), "runbook activity", Activity, a => a.Activity.Name),
        };
        WarnOfUnread(item, "document");
        return document;
    }

    private static DateTime Time(DocumentItem item, string name)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return item.OptionalText(name) is not { } text ? default
            : DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTime time) ? time
            : throw item.Invalid($"its {name} is not a time.");
    }

    private RunAsAccount Account(DocumentItem item)
    {
        RunAsAccount account = new()
        {
            Name = Name(item),
            Description = item.OptionalText(nameof(RunAsAccount.Description)),
            UserName = item.OptionalText(nameof(RunAsAccount.UserName)),
            SecretName = item.OptionalText(nameof(RunAsAccount.SecretName)),
            Vault = item.OptionalText(nameof(RunAsAccount.Vault)),
        };
        return (account.UserName is null) == (account.SecretName is null)
            ? throw item.Invalid($"it needs either a {nameof(account.UserName)} or a {nameof(account.SecretName)}.")
            : account;
    }

    private Connector Connector(DocumentItem item)
    {
        Uri? console = item.OptionalText(nameof(Model.Connector.WebConsoleUrl)) is { } text ? item.Checked(text, ServiceAddress.ParseConsole) : null;
        int seconds = item.Number(DocumentNames.TimeoutSeconds) ?? (int)Model.Connector.DefaultTimeout.TotalSeconds;
        return new Connector
        {
            Name = Name(item),
            Description = item.OptionalText(nameof(Model.Connector.Description)),
            ServiceUrl = item.Checked(item.RequiredText(nameof(Model.Connector.ServiceUrl)), ServiceAddress.Parse),
            Protocol = item.Word(nameof(Model.Connector.Protocol), ConnectorProtocol.Auto),
            Folder = FolderPath.Normalize(item.OptionalText(nameof(Model.Connector.Folder))),
            WebConsoleUrl = console,
            RunAsAccount = item.OptionalText(nameof(Model.Connector.RunAsAccount)),
            Schedule = item.Item(nameof(Model.Connector.Schedule)) is { } schedule ? Schedule(schedule) : SyncSchedule.Default,
            Enabled = item.Flag(nameof(Model.Connector.Enabled), otherwise: true),
            AllowUnencryptedAuthentication = item.Flag(nameof(Model.Connector.AllowUnencryptedAuthentication), otherwise: false),
            Timeout = seconds is >= Model.Connector.LeastTimeoutSeconds and <= Model.Connector.MostTimeoutSeconds
                ? TimeSpan.FromSeconds(seconds)
                : throw item.Invalid(FormattableString.Invariant($"its {DocumentNames.TimeoutSeconds} is not from {Model.Connector.LeastTimeoutSeconds} to {Model.Connector.MostTimeoutSeconds}.")),
            ParameterEncoding = item.Word(nameof(Model.Connector.ParameterEncoding), ParameterEncoding.Auto),
        };
    }

    private SyncSchedule Schedule(DocumentItem item)
    {
        string kind = item.RequiredText(DocumentNames.Kind);
        try
        {
            SyncSchedule schedule =
                Is(DocumentNames.Daily) ? SyncSchedule.Daily(Span(item, nameof(SyncSchedule.At)))
                : Is(DocumentNames.Interval) ? SyncSchedule.Interval(Span(item, nameof(SyncSchedule.Every)))
                : Is(DocumentNames.None) ? SyncSchedule.None
                : throw item.Invalid($"its {DocumentNames.Kind} is '{kind}', and can be {DocumentNames.Daily}, {DocumentNames.Interval}, {DocumentNames.None}.");
            WarnOfUnread(item, "schedule");
            return schedule;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw item.Invalid("a time of day is from 00:00:00 to 23:59:59, an interval from one minute to 31 days.", e);
        }

        bool Is(string word) => string.Equals(kind, word, StringComparison.OrdinalIgnoreCase);
    }

    private static TimeSpan Span(DocumentItem item, string name) =>
        TimeSpan.TryParseExact(item.RequiredText(name), "c", CultureInfo.InvariantCulture, out TimeSpan span)
            ? span
            : throw item.Invalid($"its {name} is not written as 02:00:00.");

    private DocumentActivity Activity(DocumentItem item)
    {
        string name = Name(item);
        RunbookActivity activity = new()
        {
            Name = name,
            Description = item.OptionalText(nameof(RunbookActivity.Description)),
            ConnectorId = 0,
            RunbookPath = item.RequiredText(nameof(RunbookActivity.RunbookPath)),
            RunbookId = Guid.TryParse(item.RequiredText(nameof(RunbookActivity.RunbookId)), out Guid id) ? id : throw item.Invalid($"its {nameof(RunbookActivity.RunbookId)} is not a GUID."),
            ReadyForAutomation = item.Flag(nameof(RunbookActivity.ReadyForAutomation), otherwise: false),
            Map = Many(item, nameof(RunbookActivity.Map), "mapping", Mapping, m => m.Parameter),
            OutputMap = Many(item, nameof(RunbookActivity.OutputMap), "output", o => Pair(o, DocumentNames.Property, o.RequiredText), o => o.Key),
            Defaults = Many(item, nameof(RunbookActivity.Defaults), "default", d => Pair(d, DocumentNames.Value, n => d.GivenText(n) ?? throw d.Invalid($"it has no {n}.")), d => d.Key),
        };
        return new DocumentActivity(activity, item.RequiredText(nameof(DocumentActivity.Connector)), Withheld(item));
    }

    private static ActivityMapping Mapping(DocumentItem item)
    {
        string parameter = Parameter(item);
        return (item.OptionalText(DocumentNames.Property), item.GivenText(DocumentNames.Script)) switch
        {
            ({ } property, null) => new ActivityMapping(parameter, property, IsScript: false),
            (null, { } script) => new ActivityMapping(parameter, script, IsScript: true),
            _ => throw item.Invalid($"it needs either a {DocumentNames.Property} or a {DocumentNames.Script}."),
        };
    }

    private static KeyValuePair<string, string> Pair(DocumentItem item, string name, Func<string, string> read) =>
        new(Parameter(item), read(name));

    // The servers let a parameter have no name.
    private static string Parameter(DocumentItem item) => item.GivenText(DocumentNames.Parameter) ?? throw item.Invalid($"it has no {DocumentNames.Parameter}.");

    private static string[] Withheld(DocumentItem item) =>
    [
        .. item.Elements(nameof(DocumentActivity.WithheldDefaults)).Select(e => e.Kind == JsonKind.Text
            ? e.Text
            : throw item.Invalid($"its {nameof(DocumentActivity.WithheldDefaults)} are not texts in double quotes.")),
    ];

    private static string Name(DocumentItem item)
    {
        string name = item.RequiredText(nameof(Model.Connector.Name));
        return ConnectorName.WhyNot(name) is { } why ? throw item.Invalid($"'{name}' cannot be its name: {why}") : name;
    }

    private T[] Many<T>(DocumentItem owner, string list, string what, Func<DocumentItem, T> read, Func<T, string> nameOf)
    {
        HashSet<string> names = [];
        List<T> items = [];
        foreach (JsonValue element in owner.Elements(list))
        {
            DocumentItem item = new(element, _file, FormattableString.Invariant($"{what} {items.Count + 1} of {owner.What}"));
            if (item.OptionalText(nameof(Model.Connector.Name)) is { } name)
            {
                item.What = $"the {what} '{name}'";
            }

            T value = read(item);
            if (!names.Add(NamePattern.Key(nameOf(value))))
            {
                throw item.Invalid($"'{nameOf(value)}' is there twice; names are compared in any case.");
            }

            WarnOfUnread(item, what);
            items.Add(value);
        }

        return [.. items];
    }

    private void WarnOfUnread(DocumentItem item, string what)
    {
        foreach (string name in item.Unread.Where(n => _warned.Add($"{what}/{n}")))
        {
            _warn($"'{_file}': this version knows no property '{name}' of a {what}; it was skipped.");
        }
    }
}
