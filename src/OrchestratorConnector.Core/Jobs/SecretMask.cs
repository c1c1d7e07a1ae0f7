using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Jobs;

/// <summary>Takes the secret inputs of a job out of whatever comes back: a runbook may echo them, and an error may quote them.</summary>
internal sealed class SecretMask
{
    private readonly string[] _secrets;

    public SecretMask(IEnumerable<JobParameter> parameters) =>
        _secrets = [.. parameters.Where(p => p.IsSecret && p.Value.Length > 0).SelectMany(p => Forms(p.Value)).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

    public string? Of(string? text)
    {
        foreach (string secret in _secrets)
        {
            text = text?.Replace(secret, JobParameter.Mask);
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
            if (_secrets.Any(s => e.Message.Contains(s)))
            {
                return new OrchestratorException(error, Of(error.Message)!);
            }
        }

        return error;
    }

    /// <summary>A value as it is, and as XML that quotes it would have it.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        string once = JobParametersXml.Escape(value);
        return [value, once, JobParametersXml.Escape(once)];
    }
}
