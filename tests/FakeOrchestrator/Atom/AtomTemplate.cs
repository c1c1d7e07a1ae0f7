using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace FakeOrchestrator;

/// <summary>The parts of an entry that are the same for every entry of a type, as bytes.</summary>
internal sealed class AtomTemplate
{
    private static readonly ConcurrentDictionary<EdmType, AtomTemplate> Known = new();

    private readonly Dictionary<EdmProperty, PropertyTags> _properties;
    private readonly Dictionary<EdmNavigation, NavigationTags> _navigations;

    private readonly string _set;

    private AtomTemplate(EdmType type)
    {
        _set = type.Set;
        Address = Bytes($"{type.Set}(guid'");
        EditLink = Bytes($"<link rel=\"edit\" title=\"{type.Name}\" href=\"{type.Set}(guid'");
        Category = Bytes($"<category term=\"{AtomSchema.Namespace}.{type.Name}\" scheme=\"http://schemas.microsoft.com/ado/2007/08/dataservices/scheme\" />");
        Title = type.FindProperty("Name");
        Published = type.FindProperty("CreationTime") ?? (type.Set == "ActivityInstances" ? type.FindProperty("StartTime") : null);
        Updated = type.FindProperty("LastModifiedTime");
        _properties = type.Properties.ToDictionary(property => property, property => new PropertyTags(property));
        _navigations = type.Navigations.ToDictionary(navigation => navigation, navigation => new NavigationTags(type, navigation));
    }

    /// <summary>The address up to the key.</summary>
    internal byte[] Address { get; }

    internal byte[] EditLink { get; }

    internal byte[] Category { get; }

    /// <summary>What stands in title: Name, of every type that has one (seen of runbooks, parameters and servers; facts A.4).</summary>
    internal EdmProperty? Title { get; }

    /// <summary>What stands in published: CreationTime where there is one, StartTime of an activity instance (orchestrator-metadata.md), otherwise the element is left out.</summary>
    internal EdmProperty? Published { get; }

    /// <summary>What stands in updated and in the etag: LastModifiedTime where there is one (seen of runbooks and jobs).</summary>
    internal EdmProperty? Updated { get; }

    internal static AtomTemplate Of(EdmType type)
    {
        return Known.GetOrAdd(type, static type => new AtomTemplate(type));
    }

    /// <summary>The address of an entity below the service root.</summary>
    internal string AddressOf(Guid id)
    {
        return $"{_set}(guid'{id}')";
    }

    internal PropertyTags Tags(EdmProperty property)
    {
        return _properties[property];
    }

    internal NavigationTags Tags(EdmNavigation navigation)
    {
        return _navigations[navigation];
    }

    private static byte[] Bytes(string text)
    {
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The tags of a property.</summary>
    internal sealed class PropertyTags
    {
        internal PropertyTags(EdmProperty property)
        {
            string type = property.Kind == EdmKind.String ? "" : $" m:type=\"Edm.{property.Kind}\"";
            Start = Bytes($"<d:{property.Name}{type}>");
            SpaceStart = Bytes($"<d:{property.Name} xml:space=\"preserve\">");
            Null = Bytes($"<d:{property.Name}{type} m:null=\"true\" />");
            End = Bytes($"</d:{property.Name}>");
        }

        internal byte[] Start { get; }

        /// <summary>For a text that begins or ends with white space, as WCF marks it (inferred).</summary>
        internal byte[] SpaceStart { get; }

        internal byte[] Null { get; }

        internal byte[] End { get; }
    }

    /// <summary>The parts of a link around the key.</summary>
    internal sealed class NavigationTags
    {
        internal NavigationTags(EdmType type, EdmNavigation navigation)
        {
            Start = Bytes($"<link rel=\"http://schemas.microsoft.com/ado/2007/08/dataservices/related/{navigation.Name}\" type=\"application/atom+xml;type={(navigation.Many ? "feed" : "entry")}\" title=\"{navigation.Name}\" href=\"{type.Set}(guid'");
            End = Bytes($"')/{navigation.Name}\"");
        }

        internal byte[] Start { get; }

        internal byte[] End { get; }
    }
}
