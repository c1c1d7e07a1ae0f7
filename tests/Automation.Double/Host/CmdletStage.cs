using System.Collections.Generic;
using System.Reflection;

namespace System.Management.Automation.Double;

/// <summary>A cmdlet in a pipeline: bound, begun, fed, ended, stopped and disposed as the engine does it.</summary>
internal sealed class CmdletStage : Stage
{
    private readonly IReadOnlyList<CommandArgument> _arguments;
    private readonly Cmdlet _cmdlet;
    private readonly CommandRuntime _runtime;
    private readonly ParameterBinder _binder;
    private bool _isBound;

    internal CmdletStage(Shell shell, CmdletInfo command, IReadOnlyList<CommandArgument> arguments, string line)
    {
        _arguments = arguments;
        Attribute = command.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
        _cmdlet = (Cmdlet)Activator.CreateInstance(command.ImplementingType)!;
        CommonParameters common = Attribute.SupportsShouldProcess ? new ShouldProcessParameters() : new CommonParameters();
        _runtime = new CommandRuntime(this, shell, command, common, line);
        _cmdlet.CommandRuntime = _runtime;
        (_cmdlet as PSCmdlet)?.Enter(_runtime);
        _binder = new ParameterBinder(_cmdlet, _runtime, Attribute.DefaultParameterSetName, common);
    }

    internal CmdletAttribute Attribute { get; }

    internal override void Prepare(int position, int length)
    {
        _runtime.Invocation.PipelinePosition = position;
        _runtime.Invocation.PipelineLength = length;
        _runtime.Invocation.ExpectingInput = ExpectsInput;
        using (Pipeline.Allow(_runtime, isOutputAllowed: false))
        {
            Guard(() => _binder.BindCommandLine(_arguments, ExpectsInput));
        }

        _isBound = true;
    }

    internal override void Stop()
    {
        try
        {
            _cmdlet.DoStopProcessing();
        }
        catch (Exception)
        {
            // The engine swallows what StopProcessing throws.
        }
    }

    protected override void OnDispose() => (_cmdlet as IDisposable)?.Dispose();

    protected override void OnBegin() => Run(_cmdlet.DoBeginProcessing);

    protected override void OnProcess(object? input)
    {
        _runtime.ThrowIfStopping();
        try
        {
            if (!_binder.BindPipeline(input))
            {
                throw _binder.Error("InputObjectNotBound", "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.");
            }

            if (_binder.MissingMandatory() is { Length: > 0 } missing)
            {
                throw _binder.Error("InputObjectMissingMandatory", "The input object cannot be bound because it did not contain the information required to bind all mandatory parameters: " + missing);
            }
        }
        catch (ParameterBindingException e)
        {
            // One object that does not fit is one error, and the next object gets its turn.
            e.ErrorRecord.SetTargetObject(PSObject.Base(input));
            _runtime.ShowError(new ErrorRecord(e.ErrorRecord, e));
            return;
        }

        Run(_cmdlet.DoProcessRecord);
    }

    protected override void OnProcessNothing() => Run(_cmdlet.DoProcessRecord);

    protected override void OnComplete() => Run(_cmdlet.DoEndProcessing);

    private void Run(Action action)
    {
        using (Pipeline.Allow(_runtime))
        {
            Guard(action);
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (MetadataException e) when (!_isBound)
        {
            // What a cmdlet declares is wrong: no error of the cmdlet itself.
            throw Pipeline.Fail(e);
        }
        catch (Exception e)
        {
            throw _runtime.Fail(e);
        }
    }
}
