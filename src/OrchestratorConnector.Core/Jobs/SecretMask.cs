using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>Takes the secret inputs of a job out of whatever comes back: a runbook may echo them, and an error may quote them.</summary>
internal sealed class SecretMask
{
    private readonly string[] _secrets;

    public SecretMask(IEnumerable<JobParameter> parameters) =>
        _secrets = [.. parameters.Where(p => p.IsSecret && p.Value.Length > 0).Select(p => p.Value).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];

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

    public JobRecord Of(JobRecord job) => job with { Outputs = Of(job.Outputs), Error = Of(job.Error) };
}
