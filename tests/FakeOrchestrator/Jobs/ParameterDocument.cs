using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace FakeOrchestrator;

/// <summary>The XML inside a job's Parameters (facts A.8, A.9).</summary>
internal static partial class ParameterDocument
{
    private const string Nothing = "<Data />";

    /// <summary>The documented text; how the template after it reads in full was not seen (facts A.11).</summary>
    internal const string NotInFormat =
        "Job parameter not in expected format. <Data><Parameter><ID>{Parameter ID}</ID><Value>Parameter value</Value></Parameter></Data>";

    /// <summary>Reads what a start sends: values by the ids of parameters. Everything but Data, Parameter, ID, Value and Name is refused, which is inferred.</summary>
    internal static List<(Guid Id, string Value)> Read(string text, Quirks quirks)
    {
        for (int i = 1; i < quirks.ParameterUnescapes; i++)
        {
            text = Unescaped(text);
        }

        XElement data = Parse(text);
        return data.Name == "Data" && data.Elements().All(element => element.Name == "Parameter")
            ? [.. data.Elements().Select(parameter => Read(parameter, quirks))]
            : throw RequestException.BadRequest(NotInFormat);
    }

    /// <summary>Writes what is read back: with names, ids in braces, escaped once; nothing if there is no input.</summary>
    internal static string? Write(SourceRunbook runbook, IReadOnlyDictionary<string, string> inputs)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize }))
        {
            writer.WriteStartElement("Data");
            foreach (SourceParameter parameter in runbook.Parameters.Where(parameter => parameter.Direction == "In"))
            {
                string? name = inputs.Keys.FirstOrDefault(name => string.Equals(name, parameter.Name, StringComparison.OrdinalIgnoreCase));
                if (name is not null)
                {
                    writer.WriteStartElement("Parameter");
                    writer.WriteElementString("Name", parameter.Name);
                    writer.WriteElementString("ID", parameter.Id.ToString("B"));
                    writer.WriteElementString("Value", inputs[name]);
                    writer.WriteEndElement();
                }
            }

            writer.WriteEndElement();
        }

        return text.Equals(Nothing) ? null : text.ToString();
    }

    private static XElement Parse(string text)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text.Trim()), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException)
        {
            throw RequestException.BadRequest(NotInFormat);
        }
    }

    private static (Guid Id, string Value) Read(XElement parameter, Quirks quirks)
    {
        XElement? value = parameter.Element("Value");
        bool strange = parameter.Elements().Any(element => element.HasElements || element.Name.ToString() is not ("Name" or "ID" or "Value"));
        if (strange || !Guid.TryParse(parameter.Element("ID")?.Value, out Guid id))
        {
            throw RequestException.BadRequest(NotInFormat);
        }

        bool refused = quirks.EmptyParameterValue switch
        {
            EmptyParameterValue.MissingIsError => value is null,
            EmptyParameterValue.EmptyIsError => value is null || value.Value.Length == 0,
            _ => false,
        };
        return refused ? throw new RequestException(500, "An error occurred while processing this request.") : (id, value?.Value ?? "");
    }

    private static string Unescaped(string text)
    {
        return Entity().Replace(text, static match => match.Groups["name"].Value switch
        {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            ['#', 'x', .. string hex] => Character(Convert.ToInt32(hex, 16), match.Value),
            [_, .. string number] => Character(int.Parse(number, CultureInfo.InvariantCulture), match.Value),
            _ => match.Value,
        });
    }

    private static string Character(int code, string otherwise)
    {
        return Rune.IsValid(code) ? new Rune(code).ToString() : otherwise;
    }

    [GeneratedRegex("&(?<name>amp|lt|gt|quot|apos|#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7});")]
    private static partial Regex Entity();
}
