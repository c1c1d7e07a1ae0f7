using System.Collections.Generic;
using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Marks a class as a cmdlet and says how it is called.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class CmdletCommonMetadataAttribute : CmdletMetadataAttribute
{
    public ConfirmImpact ConfirmImpact { get; set; } = ConfirmImpact.Medium;

    public string? DefaultParameterSetName { get; set; }

    public string? HelpUri { get; set; }

    public RemotingCapability RemotingCapability { get; set; } = RemotingCapability.PowerShell;

    public bool SupportsPaging { get; set; }

    public bool SupportsShouldProcess { get; set; }

    public bool SupportsTransactions { get; set; }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class CmdletAttribute : CmdletCommonMetadataAttribute
{
    public CmdletAttribute(string verbName, string nounName)
    {
        ArgumentException.ThrowIfNullOrEmpty(verbName);
        ArgumentException.ThrowIfNullOrEmpty(nounName);
        VerbName = verbName;
        NounName = nounName;
    }

    public string NounName { get; }

    public string VerbName { get; }
}

[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute : CmdletMetadataAttribute
{
    public OutputTypeAttribute(params Type[] type)
    {
        Type = Array.ConvertAll(type, t => new PSTypeName(t));
    }

    public OutputTypeAttribute(params string[] type)
    {
        Type = Array.ConvertAll(type, t => new PSTypeName(t));
    }

    public string[] ParameterSetName { get; set; } = [ParameterAttribute.AllParameterSets];

    public string? ProviderCmdlet { get; set; }

    public PSTypeName[] Type { get; }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class ParameterAttribute : ParsingBaseAttribute
{
    public const string AllParameterSets = "__AllParameterSets";

    public bool DontShow { get; set; }

    public string? HelpMessage { get; set; }

    public string? HelpMessageBaseName { get; set; }

    public string? HelpMessageResourceId { get; set; }

    public bool Mandatory { get; set; }

    public string ParameterSetName { get; set; } = AllParameterSets;

    public int Position { get; set; } = int.MinValue;

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }

    public bool ValueFromRemainingArguments { get; set; }
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public sealed class AliasAttribute : ParsingBaseAttribute
{
    public AliasAttribute(params string[] aliasNames)
    {
        ArgumentNullException.ThrowIfNull(aliasNames);
        AliasNames = aliasNames;
    }

    public IList<string> AliasNames { get; }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SupportsWildcardsAttribute : ParsingBaseAttribute
{
}

[AttributeUsage(AttributeTargets.Constructor | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Event)]
public sealed class HiddenAttribute : ParsingBaseAttribute
{
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class AllowNullAttribute : CmdletMetadataAttribute
{
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class AllowEmptyStringAttribute : CmdletMetadataAttribute
{
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class AllowEmptyCollectionAttribute : CmdletMetadataAttribute
{
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class ArgumentCompleterAttribute : Attribute
{
    public ArgumentCompleterAttribute(Type type)
    {
        Type = type;
    }

    public ArgumentCompleterAttribute(ScriptBlock scriptBlock)
    {
        ScriptBlock = scriptBlock;
    }

    public ScriptBlock? ScriptBlock { get; }

    public Type? Type { get; }
}
