using System;
using System.Globalization;
using System.Management.Automation;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Binding;

/// <summary>
/// Makes a runbook of what became of one in a file or on its way from another process, so that it can be piped on. What it is
/// now, the library says: here only its identity counts.
/// </summary>
public sealed class SMRunbookConverter : PSTypeConverter
{
    private static readonly string Deserialized = "Deserialized." + typeof(SMRunbook).FullName;

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject source && source.TypeNames.Contains(Deserialized) && TryRead(source, nameof(SMRunbook.Id), out Guid _);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        PSObject source = (PSObject)sourceValue;
        TryRead(source, nameof(SMRunbook.Id), out Guid id);
        TryRead(source, nameof(SMRunbook.Status), out RunbookStatus status);
        return new SMRunbook(
            new LibraryRunbook
            {
                ConnectorId = 0,
                Runbook = new Runbook { Id = id, Name = Text(source, nameof(SMRunbook.Name)), Path = Text(source, nameof(SMRunbook.Path)) },
                Connector = Text(source, nameof(SMRunbook.Connector)),
                Status = status,
            },
            Text(source, nameof(SMRunbook.StatePath)));
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();

    private static string Text(PSObject source, string name) => Convert.ToString(source.Properties[name]?.Value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool TryRead<T>(PSObject source, string name, out T value) => LanguagePrimitives.TryConvertTo(source.Properties[name]?.Value, out value);
}
