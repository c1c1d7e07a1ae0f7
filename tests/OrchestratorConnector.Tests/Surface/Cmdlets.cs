using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Surface;

/// <summary>All cmdlets of the module, as compiled.</summary>
public static class Cmdlets
{
    internal static Assembly Module => typeof(Display).Assembly;

    internal static IReadOnlyList<Type> All { get; } = [.. Module.GetTypes().Where(t => typeof(Cmdlet).IsAssignableFrom(t) && !t.IsAbstract)];

    internal static CmdletAttribute AttributeOf(Type cmdlet) => cmdlet.GetCustomAttribute<CmdletAttribute>() ?? throw new InvalidOperationException($"{cmdlet} is no cmdlet.");

    internal static string NameOf(Type cmdlet) => AttributeOf(cmdlet).VerbName + "-" + AttributeOf(cmdlet).NounName;

    internal static IEnumerable<PropertyInfo> ParametersOf(Type cmdlet) => cmdlet.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any());
}

/// <summary>Every cmdlet, for a theory.</summary>
public sealed class CmdletData : TheoryData<Type>
{
    public CmdletData()
    {
        foreach (Type cmdlet in Cmdlets.All)
        {
            Add(cmdlet);
        }
    }
}

/// <summary>Every parameter of every cmdlet, for a theory.</summary>
public sealed class ParameterData : TheoryData<Type, string>
{
    public ParameterData()
    {
        foreach (Type cmdlet in Cmdlets.All)
        {
            foreach (PropertyInfo parameter in Cmdlets.ParametersOf(cmdlet))
            {
                Add(cmdlet, parameter.Name);
            }
        }
    }
}
