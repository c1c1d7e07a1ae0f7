using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using System.Security;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;

namespace OrchestratorConnector.Binding;

/// <summary>Makes text of what PowerShell users give for an input.</summary>
/// <param name="separator">What stands between the elements of an array.</param>
/// <param name="allowsSecrets">Whether passwords may be sent as the plain text that the server keeps.</param>
internal sealed class ValueText(string separator, bool allowsSecrets)
{
    /// <summary>The elements of an array, one a line.</summary>
    public const string DefaultSeparator = "\n";

    /// <summary>A value as text.</summary>
    /// <exception cref="OrchestratorException">SecretNotAllowed.</exception>
    public GivenValue Of(string name, object? value)
    {
        object? given = Unwrap(value);
        return given switch
        {
            SwitchParameter flag => new GivenValue(name, JobText.Of(flag.IsPresent)),
            SecureString secret => new GivenValue(name, Secret(name, secret), IsSecret: true),
            PSCredential credential => new GivenValue(name, Secret(name, credential.Password), IsSecret: true),
            _ => new GivenValue(name, Text(name, given, out bool isSecret), isSecret),
        };
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;

    private string Text(string name, object? value, out bool isSecret)
    {
        isSecret = false;
        switch (value)
        {
            case IDictionary dictionary:
                List<string> pairs = [];
                foreach (DictionaryEntry entry in dictionary)
                {
                    GivenValue item = Of(name, entry.Value);
                    isSecret |= item.IsSecret;
                    pairs.Add($"{JobText.Of(Unwrap(entry.Key))}={item.Value}");
                }

                return string.Join(separator, pairs);
            case IEnumerable many and not string:
                List<string> items = [];
                foreach (object? element in many)
                {
                    GivenValue item = Of(name, element);
                    isSecret |= item.IsSecret;
                    items.Add(item.Value);
                }

                return string.Join(separator, items);
            default:
                return JobText.Of(value);
        }
    }

    private string Secret(string name, SecureString secret) =>
        allowsSecrets ? new NetworkCredential(string.Empty, secret).Password : throw Error.SecretNotAllowed(name, "secret");
}
