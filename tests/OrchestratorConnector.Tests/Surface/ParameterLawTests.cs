using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Surface;

/// <summary>What holds for every parameter, also for those to come.</summary>
public sealed class ParameterLawTests
{
    // A word that ends so without being a plural, and a unit.
    private static readonly string[] NoPlurals = ["Status", "TimeoutSeconds"];

    // What only its user knows, or a file, which the shell completes itself. Secrets' names and vaults are known to SecretManagement,
    // which may ask for a password to tell them.
    private static readonly string[] FreeTexts =
    [
        "StatePath", "ServiceUrl", "Description", "NewName", "Separator", "SecretName", "Vault", "Title",
        // Files, which the shell completes.
        "LiteralPath", "Shell", "Export-OrchestratorConnector -Path", "Import-OrchestratorConnector -Path", "Export-SMRunbookReport -Path",
        "New-OrchestratorConnector -Name", "New-OrchestratorRunAsAccount -Name", "New-SMRunbookActivity -Name",
    ];

    private static readonly Dictionary<string, XElement> Documentation = XDocument
        .Load(Path.ChangeExtension(Cmdlets.Module.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(m => m.Attribute("name")!.Value);

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void It_is_documented(Type cmdlet, string parameter)
    {
        PropertyInfo property = Property(cmdlet, parameter);
        string key = $"P:{property.DeclaringType!.FullName}.{property.Name}";

        Assert.True(Documentation.TryGetValue(key, out XElement? text), $"There is no comment on {key}.");
        Assert.True(text.Element("summary")?.Value.Trim().Length > 5, $"The comment on {key} says nothing.");
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void So_is_its_cmdlet(Type cmdlet)
    {
        Assert.NotNull(cmdlet);
        Assert.True(Documentation[$"T:{cmdlet.FullName}"].Element("summary")?.Value.Trim().Length > 20);
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void Its_name_is_a_singular_in_pascal_case(Type cmdlet, string parameter)
    {
        Assert.NotNull(cmdlet);
        Assert.Matches("^[A-Z][A-Za-z]*$", parameter);
        Assert.True(NoPlurals.Contains(parameter) || !parameter.EndsWith('s'), $"{parameter} is a plural.");
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void A_flag_is_a_switch(Type cmdlet, string parameter)
    {
        Type type = Property(cmdlet, parameter).PropertyType;

        Assert.False(type == typeof(bool) || type == typeof(bool?));
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void Wildcards_are_for_those_who_take_many(Type cmdlet, string parameter)
    {
        PropertyInfo property = Property(cmdlet, parameter);
        bool takesWildcards = property.GetCustomAttribute<SupportsWildcardsAttribute>() is not null;

        Assert.True(!takesWildcards || property.PropertyType == typeof(string[]));
        if (parameter == "Name" && Cmdlets.AttributeOf(cmdlet).VerbName is "Get" or "Remove" or "Enable" or "Disable" or "Sync" or "Test")
        {
            Assert.Equal(property.PropertyType == typeof(string[]), takesWildcards);
        }
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void What_it_takes_by_property_name_some_object_gives(Type cmdlet, string parameter)
    {
        PropertyInfo property = Property(cmdlet, parameter);
        if (!property.GetCustomAttributes<ParameterAttribute>().Any(a => a.ValueFromPipelineByPropertyName))
        {
            return;
        }

        string[] names = [property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []];
        IEnumerable<string> given = Cmdlets.Module.ExportedTypes.Where(t => t.Namespace == typeof(Display).Namespace).SelectMany(t => t.GetProperties()).Select(p => p.Name);
        Assert.NotEmpty(names.Intersect(given, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void Names_of_stored_things_complete(Type cmdlet, string parameter)
    {
        bool isNew = Cmdlets.AttributeOf(cmdlet).VerbName == "New";
        if (parameter is "RunAsAccount" or "Connector" || (parameter == "Name" && !isNew) || (parameter == "Folder" && typeof(Commands.ConnectorSettingsCmdlet).IsAssignableFrom(cmdlet)))
        {
            Assert.NotNull(Property(cmdlet, parameter).GetCustomAttribute<ArgumentCompleterAttribute>());
        }
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void A_text_or_an_id_completes_unless_it_is_free(Type cmdlet, string parameter)
    {
        PropertyInfo property = Property(cmdlet, parameter);
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType.GetElementType() ?? property.PropertyType;
        bool completes = property.GetCustomAttribute<ArgumentCompleterAttribute>() is not null || property.GetCustomAttribute<ValidateSetAttribute>() is not null;
        if (type == typeof(Guid))
        {
            Assert.True(completes, $"{parameter} takes ids and completes none.");
        }
        else if (type == typeof(string))
        {
            bool isFree = FreeTexts.Contains(parameter) || FreeTexts.Contains($"{Cmdlets.NameOf(cmdlet)} -{parameter}");
            Assert.True(completes != isFree, $"{parameter} is a text: it completes, or it stands among those that are free.");
        }
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void A_credential_can_be_typed_as_a_user_name(Type cmdlet, string parameter)
    {
        PropertyInfo property = Property(cmdlet, parameter);

        Assert.Equal(property.PropertyType == typeof(PSCredential), property.GetCustomAttribute<CredentialAttribute>() is not null);
    }

    [Fact]
    public void One_name_means_one_type()
    {
        // Many where several can be chosen, one where there can be but one.
        // What is piped in, and the state of it, are what the noun is.
        IEnumerable<IGrouping<string, Type>> types = Cmdlets.All
            .SelectMany(Cmdlets.ParametersOf)
            .Where(p => p.Name is not ("InputObject" or "Status"))
            // An import gives each of many its own, by name.
            .Where(p => p.DeclaringType != typeof(Commands.ImportOrchestratorConnectorCommand) || p.PropertyType != typeof(System.Collections.IDictionary))
            .GroupBy(p => p.Name, p => p.PropertyType.IsArray ? p.PropertyType.GetElementType()! : Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType);

        Assert.All(types, g => Assert.Single(g.Distinct()));
    }

    private static PropertyInfo Property(Type cmdlet, string parameter) => Cmdlets.ParametersOf(cmdlet).Single(p => p.Name == parameter);
}
