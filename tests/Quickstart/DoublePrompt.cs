using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Security;
using System.Text.RegularExpressions;

namespace Quickstart;

/// <summary>
/// The double of PowerShell, for machines without one: the same cmdlets, the same lines, the same views. Of the language
/// beyond command lines it knows what the sessions need: <c>$name = command</c>, <c>$name</c> and <c>$name.Property</c>.
/// </summary>
internal sealed partial class DoublePrompt : IPrompt
{
    private readonly string _root;
    private readonly string? _stateBefore = Environment.GetEnvironmentVariable(PromptFactory.StateVariable);
    private Shell? _shell;

    internal DoublePrompt(string root, string manifest, string statePath, string password, string why)
    {
        _root = root;
        Password = password;
        Manifest = manifest;
        Description = $"The commands run in the tests' double of PowerShell ({why}): the same cmdlets and views without the shell.";
        Environment.SetEnvironmentVariable(PromptFactory.StateVariable, statePath);
    }

    public string Description { get; }

    public string Password { get; }

    public string Manifest { get; }

    public PromptResult Run(string line)
    {
        if (Import().Match(line) is { Success: true } import)
        {
            _shell = new Shell(typeof(OrchestratorConnector.Output.SMRunbook).Assembly);
            _shell.Formatter.Width = PromptFactory.Width;
            _shell.Formatter.Load(Path.Combine(_root, Path.GetDirectoryName(import.Groups[1].Value)!, "OrchestratorConnector.Format.ps1xml"));
            return new PromptResult([], []);
        }

        Shell shell = _shell ?? throw new StepException("There is no module imported.");
        if (Credential().Match(line) is { Success: true } credential)
        {
            shell.Variables[credential.Groups[1].Value] = new PSCredential(credential.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal), Secure(Password));
            return new PromptResult([], []);
        }

        if (Value().Match(line) is { Success: true } value)
        {
            object? found = shell.Variables[value.Groups[1].Value];
            object?[] objects = [.. Each(found)];
            return Show(shell, value.Groups[2].Success ? [.. objects.SelectMany(o => Each(PropertyOf(o, value.Groups[2].Value)))] : objects, []);
        }

        if (Assignment().Match(line) is not { Success: true } assignment)
        {
            ShellResult result = Say(shell.Invoke(line));
            return Show(shell, result.Output, Errors(result));
        }

        ShellResult assigned = Say(shell.Invoke(assignment.Groups[2].Value));
        shell.Variables[assignment.Groups[1].Value] = assigned.Output.ToArray();
        return new PromptResult([], Errors(assigned));
    }

    public void Dispose()
    {
        _shell?.Dispose();
        Environment.SetEnvironmentVariable(PromptFactory.StateVariable, _stateBefore);
    }

    private static PromptResult Show(Shell shell, IReadOnlyList<object?> objects, IReadOnlyList<string> errors)
    {
        Console.Write(shell.Formatter.Format(objects));
        return new PromptResult([.. objects.Select(Row)], errors);
    }

    /// <summary>Shows what is no output, in its order.</summary>
    private static ShellResult Say(ShellResult result)
    {
        foreach (ShellRecord record in result.Records)
        {
            switch (record.Stream)
            {
                case ShellStream.WhatIf:
                    Console.WriteLine(record.Value);
                    break;
                case ShellStream.Warning:
                    Console.WriteLine("WARNING: " + record.Value);
                    break;
                case ShellStream.Verbose:
                    Console.WriteLine("VERBOSE: " + record.Value);
                    break;
                case ShellStream.Error:
                    Console.WriteLine(record.Value);
                    break;
            }
        }

        if (result.TerminatingError is { } error)
        {
            Console.WriteLine(error);
        }

        return result;
    }

    private static List<string> Errors(ShellResult result)
        => [.. result.Errors.Concat(result.TerminatingError is { } last ? [last] : []).Select(e => e.FullyQualifiedErrorId)];

    private static IEnumerable<object?> Each(object? value)
        => value is System.Collections.IEnumerable many and not string ? many.Cast<object?>() : [value];

    private static object? PropertyOf(object? target, string name) => target is null ? null : PSObject.AsPSObject(target).Properties[name]?.Value;

    private static IReadOnlyDictionary<string, string> Row(object? target)
        => target is null
            ? new Dictionary<string, string>()
            : PSObject.AsPSObject(target).Properties.ToDictionary(p => p.Name, p => Convert.ToString(p.Value, CultureInfo.InvariantCulture) ?? string.Empty, StringComparer.OrdinalIgnoreCase);

    private static SecureString Secure(string text)
    {
        SecureString secure = new();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }

    [GeneratedRegex(@"^Import-Module (\S+)$")]
    private static partial Regex Import();

    [GeneratedRegex(@"^\$(\w+) = Get-Credential '(.+)'$")]
    private static partial Regex Credential();

    [GeneratedRegex(@"^\$(\w+)(?:\.(\w+))?$")]
    private static partial Regex Value();

    [GeneratedRegex(@"^\$(\w+) = (.+)$")]
    private static partial Regex Assignment();
}
