using System;
using System.IO;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Files;

namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that writes one file. One that fails or is cancelled leaves the file that was there as it was.</summary>
public abstract class ExportCmdlet : OrchestratorCmdlet
{
    /// <summary>The parameter set of paths.</summary>
    private protected const string ByPath = "Path";

    /// <summary>The parameter set of literal paths.</summary>
    private protected const string ByLiteralPath = "LiteralPath";

    private OutputFile? _file;

    /// <summary>The file to write; one that is there is replaced. Wildcards are refused: it is one file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file to write, where its name holds what would be a wildcard: every character is taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? LiteralPath { get; set; }

    /// <summary>Replace also a file that is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not replace a file that is there.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Return the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Refuses a file that cannot be written before any work is done.</summary>
    /// <exception cref="OrchestratorException">FilePathInvalid, OutputNotWritable, OutputFolderMissing, OutputExists, OutputReadOnly.</exception>
    private protected override void Begin()
    {
        _file = new OutputFile(FilePath.Resolve(Path, LiteralPath, SessionState.Path), mayReplace: !NoClobber, mayReplaceReadOnly: Force);
        _file.Check();
    }

    /// <summary>Writes the file, if that is wanted.</summary>
    /// <param name="operation">What it is called when it is asked for: Export connectors.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="OrchestratorException">OutputNotWritable, OutputFolderMissing, OutputExists, OutputReadOnly.</exception>
    private protected void WriteFile(string operation, Action<Stream> write)
    {
        OutputFile file = _file!;
        if (!ShouldProcess(file.Path, operation))
        {
            return;
        }

        file.Write(write, StopToken);
        if (PassThru)
        {
            WriteObject(new FileInfo(file.Path));
        }
    }
}
