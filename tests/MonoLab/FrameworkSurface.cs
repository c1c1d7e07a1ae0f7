using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OrchestratorConnector.MonoLab;

/// <summary>The types and members of .NET Framework, from its reference assemblies. Members are compared by name and number of parameters.</summary>
internal sealed class FrameworkSurface
{
    private readonly Dictionary<string, List<KnownType>> _types = new(StringComparer.Ordinal);

    private FrameworkSurface()
    {
    }

    /// <summary>Reads all assemblies of a folder.</summary>
    internal static FrameworkSurface Read(string folder)
    {
        FrameworkSurface surface = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories))
        {
            using PEReader reader = new(File.OpenRead(file));
            if (reader.HasMetadata)
            {
                surface.Add(reader.GetMetadataReader());
            }
        }

        return surface;
    }

    /// <summary>What an assembly uses of .NET Standard, and what of it is not here.</summary>
    internal (int Members, IReadOnlyList<string> Missing) Compare(string file)
    {
        using PEReader reader = new(File.OpenRead(file));
        MetadataReader metadata = reader.GetMetadataReader();
        int members = 0;
        SortedSet<string> missing = new(StringComparer.Ordinal);
        foreach (TypeReference type in metadata.TypeReferences.Select(metadata.GetTypeReference).Where(t => IsOfStandard(metadata, t)))
        {
            if (!_types.ContainsKey(NameOf(metadata, type)))
            {
                missing.Add(NameOf(metadata, type));
            }
        }

        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (TypeOf(metadata, member.Parent) is { } type && IsOfStandard(metadata, type))
            {
                members++;
                string name = metadata.GetString(member.Name);
                int parameters = ParametersOf(metadata, member.Signature);
                if (!Has(NameOf(metadata, type), name, parameters))
                {
                    missing.Add($"{NameOf(metadata, type)}.{name}({parameters})");
                }
            }
        }

        return (members, [.. missing]);
    }

    private bool Has(string type, string member, int parameters)
        => _types.TryGetValue(type, out List<KnownType>? known)
            && known.Any(k => k.Members.Contains((member, parameters)) || k.Bases.Any(b => Has(b, member, parameters)));

    private void Add(MetadataReader metadata)
    {
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            KnownType known = new();
            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                known.Members.Add((metadata.GetString(method.Name), ParametersOf(metadata, method.Signature)));
            }

            foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
            {
                known.Members.Add((metadata.GetString(field.Name), 0));
            }

            IEnumerable<EntityHandle> bases = type.GetInterfaceImplementations().Select(i => metadata.GetInterfaceImplementation(i).Interface).Append(type.BaseType);
            known.Bases.AddRange(bases.Select(b => BaseName(metadata, b)).OfType<string>());
            string name = NameOf(metadata, type);
            if (!_types.TryGetValue(name, out List<KnownType>? same))
            {
                _types.Add(name, same = []);
            }

            same.Add(known);
        }
    }

    private static string? BaseName(MetadataReader metadata, EntityHandle handle) => handle.IsNil ? null : handle.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(metadata, metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
        _ => TypeOf(metadata, handle) is { } type ? NameOf(metadata, type) : DefinedGeneric(metadata, handle),
    };

    /// <summary>The type that a member is of; null if it is of none that has a name elsewhere.</summary>
    private static TypeReference? TypeOf(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => metadata.GetTypeReference((TypeReferenceHandle)handle),
        HandleKind.TypeSpecification when Generic(metadata, handle) is { Kind: HandleKind.TypeReference } type => metadata.GetTypeReference((TypeReferenceHandle)type),
        _ => null,
    };

    private static string? DefinedGeneric(MetadataReader metadata, EntityHandle handle)
        => handle.Kind == HandleKind.TypeSpecification && Generic(metadata, handle) is { Kind: HandleKind.TypeDefinition } type
            ? NameOf(metadata, metadata.GetTypeDefinition((TypeDefinitionHandle)type))
            : null;

    /// <summary>The generic type of a constructed one.</summary>
    private static EntityHandle? Generic(MetadataReader metadata, EntityHandle handle)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadCompressedInteger();
        return signature.ReadTypeHandle();
    }

    private static int ParametersOf(MetadataReader metadata, BlobHandle blob)
    {
        BlobReader signature = metadata.GetBlobReader(blob);
        SignatureHeader header = signature.ReadSignatureHeader();
        if (header.Kind == SignatureKind.Field)
        {
            return 0;
        }

        if (header.IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }

    private static bool IsOfStandard(MetadataReader metadata, TypeReference type) => type.ResolutionScope.Kind switch
    {
        HandleKind.TypeReference => IsOfStandard(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope)),
        HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == "netstandard",
        _ => false,
    };

    private static string NameOf(MetadataReader metadata, TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}/{metadata.GetString(type.Name)}"
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private static string NameOf(MetadataReader metadata, TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{NameOf(metadata, metadata.GetTypeDefinition(outer))}/{metadata.GetString(type.Name)}"
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    private sealed class KnownType
    {
        internal HashSet<(string Name, int Parameters)> Members { get; } = [];

        internal List<string> Bases { get; } = [];
    }
}
