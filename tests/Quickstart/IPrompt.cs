using System;
using System.Collections.Generic;

namespace Quickstart;

/// <summary>Where command lines are run, and what they show is shown.</summary>
internal interface IPrompt : IDisposable
{
    /// <summary>What this prompt is, in one sentence.</summary>
    string Description { get; }

    /// <summary>The password that Get-Credential gives, where a user would be asked for one.</summary>
    string Password { get; }

    /// <summary>The staged manifest, from the prompt's current directory.</summary>
    string Manifest { get; }

    /// <summary>Runs one line and shows what it gives.</summary>
    PromptResult Run(string line);
}

/// <summary>What came of a line: its objects with their properties as text, and the ids of its errors.</summary>
internal sealed record PromptResult(IReadOnlyList<IReadOnlyDictionary<string, string>> Output, IReadOnlyList<string> Errors);
