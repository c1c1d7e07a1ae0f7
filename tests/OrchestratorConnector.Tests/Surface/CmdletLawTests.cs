using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OrchestratorConnector.Commands;
using OrchestratorConnector.Tests.Package;
using Xunit;

namespace OrchestratorConnector.Tests.Surface;

/// <summary>What holds for every cmdlet, also for those to come.</summary>
public sealed class CmdletLawTests
{
    private static readonly string[] Writers = ["New", "Set", "Remove", "Enable", "Disable", "Sync", "Invoke", "Start", "Stop", "Approve", "Export", "Import", "Register", "Unregister"];
    private static readonly string[] SilentWithoutPassThru = ["Set", "Enable", "Disable", "Stop", "Approve", "Export"];

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Verb_and_noun_are_those_of_the_product(Type cmdlet)
    {
        CmdletAttribute attribute = Cmdlets.AttributeOf(cmdlet);

        Assert.Contains(attribute.VerbName, ApprovedVerbs());
        Assert.Matches("^(Orchestrator|SMRunbook)[A-Za-z]*$", attribute.NounName);
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Class_and_file_bear_its_name(Type cmdlet)
    {
        Assert.NotNull(cmdlet);
        CmdletAttribute attribute = Cmdlets.AttributeOf(cmdlet);

        Assert.True(cmdlet.IsSealed && cmdlet.IsPublic);
        Assert.Equal(attribute.VerbName + attribute.NounName + "Command", cmdlet.Name);
        string text = File.ReadAllText(Path.Combine(Repository.Root, "src", "OrchestratorConnector", "Commands", cmdlet.Name + ".cs"));
        Assert.Contains($"public sealed class {cmdlet.Name} ", text, StringComparison.Ordinal);
        Assert.Single(Cmdlets.All, c => text.Contains($"class {c.Name} ", StringComparison.Ordinal));
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void It_stands_on_the_one_base(Type cmdlet) => Assert.True(typeof(OrchestratorCmdlet).IsAssignableFrom(cmdlet));

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void It_says_what_it_returns(Type cmdlet)
    {
        Assert.NotNull(cmdlet);
        IEnumerable<Type> returned = cmdlet.GetCustomAttributes<OutputTypeAttribute>().SelectMany(a => a.Type).Select(t => t.Type).OfType<Type>();
        if (Cmdlets.AttributeOf(cmdlet).VerbName is "Remove" or "Unregister")
        {
            Assert.Empty(returned);
            return;
        }

        Assert.NotEmpty(returned);
        // An activity gives back what it was given, an export the file.
        Assert.All(returned, t => Assert.True(t == typeof(bool) || (t == typeof(FileInfo) && typeof(ExportCmdlet).IsAssignableFrom(cmdlet)) || (t == typeof(PSObject) && cmdlet == typeof(InvokeSMRunbookActivityCommand)) || (t.Assembly == Cmdlets.Module && t.IsPublic), $"{t} is nothing to return."));
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Who_writes_can_be_asked_first(Type cmdlet)
    {
        CmdletAttribute attribute = Cmdlets.AttributeOf(cmdlet);

        Assert.Equal(Writers.Contains(attribute.VerbName), attribute.SupportsShouldProcess);
        Assert.Equal(attribute.VerbName == "Remove" ? ConfirmImpact.High : ConfirmImpact.Medium, attribute.ConfirmImpact);
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Who_changes_is_silent_without_PassThru(Type cmdlet)
    {
        bool hasPassThru = Cmdlets.ParametersOf(cmdlet).Any(p => p.Name == "PassThru" && p.PropertyType == typeof(SwitchParameter));

        Assert.Equal(SilentWithoutPassThru.Contains(Cmdlets.AttributeOf(cmdlet).VerbName), hasPassThru);
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void The_store_can_be_named_and_comes_through_the_pipeline(Type cmdlet)
    {
        PropertyInfo state = Assert.Single(Cmdlets.ParametersOf(cmdlet), p => p.Name == "StatePath");

        Assert.True(state.GetCustomAttribute<ParameterAttribute>()!.ValueFromPipelineByPropertyName);
        Assert.Equal(ParameterAttribute.AllParameterSets, state.GetCustomAttribute<ParameterAttribute>()!.ParameterSetName);
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Parameter_sets_are_those_that_have_a_constant(Type cmdlet)
    {
        string[] constants = [.. Constants(cmdlet)];
        string[] used = [.. Cmdlets.ParametersOf(cmdlet)
            .SelectMany(p => p.GetCustomAttributes<ParameterAttribute>())
            .Select(a => a.ParameterSetName)
            .Where(s => s != ParameterAttribute.AllParameterSets)
            .Distinct()];

        Assert.Equal(constants.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        if (used.Length > 0)
        {
            Assert.Contains(Cmdlets.AttributeOf(cmdlet).DefaultParameterSetName, used);
        }
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Positions_begin_at_zero_and_have_no_gap(Type cmdlet)
    {
        int[] positions = [.. Cmdlets.ParametersOf(cmdlet).SelectMany(p => p.GetCustomAttributes<ParameterAttribute>()).Select(a => a.Position).Where(p => p >= 0).Distinct().Order()];

        Assert.Equal(Enumerable.Range(0, positions.Length), positions);
    }

    [Fact]
    public void Nobody_writes_to_the_console()
    {
        using FileStream stream = File.OpenRead(Cmdlets.Module.Location);
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        IEnumerable<string> types = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(t => metadata.GetString(t.Namespace) + "." + metadata.GetString(t.Name));

        Assert.DoesNotContain("System.Console", types);
    }

    [Fact]
    public void The_cmdlets_are_those_of_the_design() => Assert.Equal(
        [
            "Approve-SMRunbook",
            "Compare-SMRunbook",
            "Disable-OrchestratorConnector",
            "Enable-OrchestratorConnector",
            "Export-OrchestratorConnector",
            "Export-SMRunbookReport",
            "Get-OrchestratorConnector",
            "Get-OrchestratorConnectorEvent",
            "Get-OrchestratorConnectorHistory",
            "Get-OrchestratorConnectorSchedule",
            "Get-OrchestratorFolder",
            "Get-OrchestratorHealth",
            "Get-OrchestratorRunAsAccount",
            "Get-SMRunbook",
            "Get-SMRunbookActivity",
            "Get-SMRunbookJob",
            "Import-OrchestratorConnector",
            "Invoke-SMRunbook",
            "Invoke-SMRunbookActivity",
            "New-OrchestratorConnector",
            "New-OrchestratorRunAsAccount",
            "New-SMRunbookActivity",
            "Register-OrchestratorConnectorSchedule",
            "Remove-OrchestratorConnector",
            "Remove-OrchestratorRunAsAccount",
            "Remove-SMRunbookActivity",
            "Set-OrchestratorConnector",
            "Set-OrchestratorRunAsAccount",
            "Set-SMRunbookActivity",
            "Start-SMRunbook",
            "Stop-SMRunbookJob",
            "Sync-OrchestratorConnector",
            "Test-OrchestratorConnector",
            "Unregister-OrchestratorConnectorSchedule",
            "Wait-SMRunbookJob",
        ],
        Cmdlets.All.Select(Cmdlets.NameOf).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Constants(Type? type)
    {
        for (; type is not null && type.Assembly == Cmdlets.Module; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (field.IsLiteral && field.FieldType == typeof(string) && field.Name.StartsWith("By", StringComparison.Ordinal))
                {
                    yield return (string)field.GetRawConstantValue()!;
                }
            }
        }
    }

    private static IEnumerable<string> ApprovedVerbs()
        => new[] { typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsSecurity), typeof(VerbsCommunications), typeof(VerbsOther) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (string)f.GetRawConstantValue()!);
}
