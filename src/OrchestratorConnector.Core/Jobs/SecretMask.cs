using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>
/// Takes the secret inputs of a job out of whatever comes back: a runbook may echo them, and an error may quote them, escaped as
/// XML, with other line ends, or cut off in the middle.
/// </summary>
internal sealed class SecretMask
{
    // What ErrorText puts where it cuts.
    private const char Cut = '…';

    // A shorter beginning of a secret tells nothing, and stands by chance in front of many cuts.
    private const int LeastBeginning = 4;

    private const string Blanks = @"(?:\s|\\[rnt]|&#(?:9|10|13|32|[xX](?:9|[aA]|[dD]|20));)*";

    private readonly Secret[] _secrets;

    public SecretMask(IEnumerable<JobParameter> parameters) =>
        _secrets = [.. parameters
            .Where(p => p.IsSecret && !string.IsNullOrWhiteSpace(p.Value))
            // Blanks around it tell nothing, and are what is lost first.
            .Select(p => p.Value.Trim())
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(s => s.Length)
            .Select(s => new Secret(s, new Regex(ToPattern(s), RegexOptions.CultureInvariant)))];

    public string? Of(string? text)
    {
        foreach (Secret secret in text is null ? [] : _secrets)
        {
            text = MaskCutOff(secret.Written.Replace(text!, JobParameter.Mask), secret.Value);
        }

        return text;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Of(IReadOnlyList<KeyValuePair<string, string>> values) =>
        _secrets.Length == 0 ? values : [.. values.Select(v => new KeyValuePair<string, string>(v.Key, Of(v.Value)!))];

    /// <summary>
    /// A job as it may be kept. Where its secrets are not known here, because another process started it, whatever came out of it
    /// may be one of them.
    /// </summary>
    public JobRecord Of(JobRecord job)
    {
        bool isBlind = _secrets.Length == 0 && job.Parameters.Any(p => p.Value == JobParameter.Mask);
        return isBlind
            ? job with { Outputs = [.. job.Outputs.Select(o => new KeyValuePair<string, string>(o.Key, JobParameter.Mask))], Error = job.Error is null ? null : JobParameter.Mask }
            : job with { Outputs = Of(job.Outputs), Error = Of(job.Error) };
    }

    /// <summary>An error without a secret in it, nor in what it came from.</summary>
    public OrchestratorException Of(OrchestratorException error)
    {
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            if (Of(e.Message) != e.Message)
            {
                return new OrchestratorException(error, Of(error.Message)!);
            }
        }

        return error;
    }

    /// <summary>Every way in which somebody may have written a secret.</summary>
    private static string ToPattern(string secret)
    {
        StringBuilder pattern = new();
        for (int i = 0; i < secret.Length; i++)
        {
            if (char.IsWhiteSpace(secret[i]))
            {
                pattern.Append(Blanks);
                while (i + 1 < secret.Length && char.IsWhiteSpace(secret[i + 1]))
                {
                    i++;
                }
            }
            else
            {
                pattern.Append(ToPattern(secret[i]));
            }
        }

        return pattern.ToString();
    }

    private static string ToPattern(char c)
    {
        string? name = c switch { '&' => "amp", '<' => "lt", '>' => "gt", '"' => "quot", '\'' => "apos", _ => null };
        if (name is null)
        {
            return Regex.Escape(c.ToString());
        }

        // Escaped once or twice: an ampersand may itself be written out.
        string number = ((int)c).ToString(CultureInfo.InvariantCulture);
        string hexadecimal = ((int)c).ToString("x", CultureInfo.InvariantCulture);
        return $"(?:&(?:amp;)?(?:{name}|#{number}|#[xX]0*{hexadecimal});|\\\\?{Regex.Escape(c.ToString())})";
    }

    /// <summary>Takes away the beginning of a secret in front of the place where a long text was cut.</summary>
    private static string MaskCutOff(string text, string secret)
    {
        int cut = text.LastIndexOf(Cut);
        for (int length = Math.Min(cut, secret.Length - 1); length >= LeastBeginning; length--)
        {
            if (string.CompareOrdinal(text, cut - length, secret, 0, length) == 0)
            {
                return text.Remove(cut - length, length).Insert(cut - length, JobParameter.Mask);
            }
        }

        return text;
    }

    private sealed record Secret(string Value, Regex Written);
}
