using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace FakeOrchestrator;

/// <summary>
/// The Atom service's <c>$metadata</c> as far as it is known (orchestrator-metadata.md). Inferred: association names and
/// multiplicities that were not seen, the title mapping, and everything of a type that was not seen in the document itself.
/// </summary>
internal static class AtomMetadata
{
    private static readonly XNamespace Edmx = "http://schemas.microsoft.com/ado/2007/06/edmx";
    private static readonly XNamespace M = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";
    private static readonly XNamespace Edm = "http://schemas.microsoft.com/ado/2008/09/edm";
    private static readonly XNamespace Annotation = "http://schemas.microsoft.com/ado/2009/02/edm/annotation";

    /// <summary>The lengths that were seen.</summary>
    private static readonly Dictionary<string, int> MaxLengths = new(StringComparer.Ordinal)
    {
        ["Job.Status"] = 64,
        ["Job.CreatedBy"] = 50,
        ["Job.LastModifiedBy"] = 50,
        ["ActivityInstance.Status"] = 64,
        ["Statistic.Criteria"] = 64,
        ["Event.Type"] = 32,
    };

    internal static byte[] Document { get; } = Render();

    private static byte[] Render()
    {
        var schema = new XElement(
            Edm + "Schema",
            new XAttribute("Namespace", AtomSchema.Namespace),
            new XAttribute(XNamespace.Xmlns + "annotation", Annotation.NamespaceName),
            Container(),
            AtomSchema.Types.Select(Type),
            AtomAssociation.All.Select(Association));
        var root = new XElement(
            Edmx + "Edmx",
            new XAttribute("Version", "1.0"),
            new XAttribute(XNamespace.Xmlns + "edmx", Edmx.NamespaceName),
            new XElement(
                Edmx + "DataServices",
                new XAttribute(XNamespace.Xmlns + "m", M.NamespaceName),
                new XAttribute(M + "DataServiceVersion", "1.0"),
                schema));
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n" + root);
    }

    private static XElement Container()
    {
        return new XElement(
            Edm + "EntityContainer",
            new XAttribute("Name", AtomSchema.Container),
            new XAttribute(M + "IsDefaultEntityContainer", "true"),
            new XAttribute(Annotation + "LazyLoadingEnabled", "true"),
            AtomSchema.Types.Select(type => new XElement(Edm + "EntitySet", new XAttribute("Name", type.Set), new XAttribute("EntityType", Full(type.Name)))),
            AtomAssociation.All.Select(AssociationSet),
            new XElement(
                Edm + "FunctionImport",
                new XAttribute("Name", "GetStatisticsSummaryByPath"),
                new XAttribute("EntitySet", "Statistics"),
                new XAttribute("ReturnType", $"Collection({Full("Statistic")})"),
                new XAttribute(M + "HttpMethod", "GET"),
                new XElement(Edm + "Parameter", new XAttribute("Name", "path"), new XAttribute("Type", "Edm.String"))));
    }

    private static XElement Type(EdmType type)
    {
        return new XElement(
            Edm + "EntityType",
            new XAttribute("Name", type.Name),
            new XElement(Edm + "Key", new XElement(Edm + "PropertyRef", new XAttribute("Name", type.Key.Name))),
            type.Properties.Select(property => Property(type, property)),
            type.Navigations.Select(navigation => Navigation(type, navigation)));
    }

    private static XElement Property(EdmType type, EdmProperty property)
    {
        var element = new XElement(Edm + "Property", new XAttribute("Name", property.Name), new XAttribute("Type", $"Edm.{property.Kind}"));
        if (!property.Nullable)
        {
            element.Add(new XAttribute("Nullable", "false"));
        }

        if (property.Kind == EdmKind.String)
        {
            if (MaxLengths.TryGetValue($"{type.Name}.{property.Name}", out int length))
            {
                element.Add(new XAttribute("MaxLength", length));
            }

            element.Add(new XAttribute("Unicode", "true"), new XAttribute("FixedLength", "false"));
        }

        if (property.Name == "LastModifiedTime")
        {
            element.Add(new XAttribute("ConcurrencyMode", "Fixed"));
        }

        element.Add(new XAttribute(Annotation + "StoreGeneratedPattern", "Computed"));
        if (Mapping(type, property) is { } target)
        {
            // The real document says Context where the standard says Content.
            element.Add(new XAttribute(M + "FC_TargetPath", target), new XAttribute(M + "FC_KeepInContext", "true"));
        }

        return element;
    }

    private static string? Mapping(EdmType type, EdmProperty property)
    {
        return property.Name switch
        {
            "Name" when type.Name is "Folder" or "Runbook" or "RunbookParameter" or "RunbookServer" => "SyndicationTitle",
            "CreationTime" => "SyndicationPublished",
            "LastModifiedTime" => "SyndicationUpdated",
            "StartTime" when type.Name == "ActivityInstance" => "SyndicationPublished",
            _ => null,
        };
    }

    private static XElement Navigation(EdmType type, EdmNavigation navigation)
    {
        (AtomAssociation association, bool fromParent) = AtomAssociation.Of(type, navigation);
        return new XElement(
            Edm + "NavigationProperty",
            new XAttribute("Name", navigation.Name),
            new XAttribute("Relationship", Full(association.Name)),
            new XAttribute("FromRole", fromParent ? "Parent" : "Child"),
            new XAttribute("ToRole", fromParent ? "Child" : "Parent"));
    }

    private static XElement Association(AtomAssociation association)
    {
        return new XElement(
            Edm + "Association",
            new XAttribute("Name", association.Name),
            new XElement(Edm + "End", new XAttribute("Role", "Parent"), new XAttribute("Type", Full(association.Parent)), new XAttribute("Multiplicity", association.ParentMultiplicity)),
            new XElement(Edm + "End", new XAttribute("Role", "Child"), new XAttribute("Type", Full(association.Child)), new XAttribute("Multiplicity", association.ChildMultiplicity)),
            new XElement(
                Edm + "ReferentialConstraint",
                new XElement(Edm + "Principal", new XAttribute("Role", "Parent"), new XElement(Edm + "PropertyRef", new XAttribute("Name", "Id"))),
                new XElement(Edm + "Dependent", new XAttribute("Role", "Child"), new XElement(Edm + "PropertyRef", new XAttribute("Name", association.ForeignKey)))));
    }

    private static XElement AssociationSet(AtomAssociation association)
    {
        return new XElement(
            Edm + "AssociationSet",
            new XAttribute("Name", association.Name),
            new XAttribute("Association", Full(association.Name)),
            new XElement(Edm + "End", new XAttribute("Role", "Parent"), new XAttribute("EntitySet", SetOf(association.Parent))),
            new XElement(Edm + "End", new XAttribute("Role", "Child"), new XAttribute("EntitySet", SetOf(association.Child))));
    }

    private static string SetOf(string type)
    {
        return AtomSchema.Types.First(known => known.Name == type).Set;
    }

    private static string Full(string name)
    {
        return $"{AtomSchema.Namespace}.{name}";
    }
}
