using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

/// <summary>The double may lack what nobody needs, but what it has must be what the reference assembly promises.</summary>
public sealed class SurfaceTests
{
    private const string OwnNamespace = "System.Management.Automation.Double";

    [Fact]
    public void Identity_is_that_of_the_reference_assembly()
    {
        using Surface reference = Surface.Read(ReferencePath);

        Assert.Equal(reference.Identity, typeof(PSCmdlet).Assembly.FullName);
    }

    [Fact]
    public void Every_public_member_is_in_the_reference_assembly()
    {
        using Surface reference = Surface.Read(ReferencePath);
        using Surface twin = Surface.Read(typeof(PSCmdlet).Assembly.Location);

        HashSet<string> promised = [.. reference.Lines];
        string[] invented = [.. twin.Lines.Where(l => !promised.Contains(l))];

        Assert.True(twin.Lines.Count > 500, "Only " + twin.Lines.Count + " members were read.");
        Assert.True(invented.Length == 0, "Not in the reference assembly:" + Environment.NewLine + string.Join(Environment.NewLine, invented));
    }

    [Fact]
    public void Everything_that_the_module_uses_is_in_the_double()
    {
        Assembly module = Assembly.Load("OrchestratorConnector");
        using PEReader file = new(File.OpenRead(module.Location));
        MetadataReader reader = file.GetMetadataReader();
        List<string> missing = [];
        int count = 0;

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || !IsAutomation(reader, (TypeReferenceHandle)member.Parent))
            {
                continue;
            }

            count++;
            try
            {
                module.ManifestModule.ResolveMember(MetadataTokens.GetToken(handle));
            }
            catch (Exception e) when (e is MissingMemberException or TypeLoadException)
            {
                missing.Add(e.Message);
            }
        }

        foreach (TypeReferenceHandle handle in reader.TypeReferences.Where(h => IsAutomation(reader, h)))
        {
            count++;
            try
            {
                module.ManifestModule.ResolveType(MetadataTokens.GetToken(handle));
            }
            catch (TypeLoadException e)
            {
                missing.Add(e.Message);
            }
        }

        Assert.True(count > 0, "The module uses nothing of the shell.");
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
    }

    private static string ReferencePath => Path.Combine(AppContext.BaseDirectory, "Reference", "System.Management.Automation.dll");

    private static bool IsAutomation(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name) == "System.Management.Automation",
            HandleKind.TypeReference => IsAutomation(reader, (TypeReferenceHandle)scope),
            _ => false,
        };
    }

    /// <summary>The public types and members of an assembly, one line each.</summary>
    private sealed class Surface : IDisposable
    {
        private readonly PEReader _file;
        private readonly MetadataReader _reader;
        private readonly Names _names = new();
        private readonly List<string> _lines = [];

        private Surface(string path)
        {
            _file = new PEReader(File.OpenRead(path));
            _reader = _file.GetMetadataReader();
            foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions)
            {
                TypeDefinition type = _reader.GetTypeDefinition(handle);
                string name = _names.GetTypeFromDefinition(_reader, handle, 0);
                if (IsVisible(type) && !name.StartsWith(OwnNamespace, StringComparison.Ordinal))
                {
                    Add(type, name);
                }
            }
        }

        internal List<string> Lines => _lines;

        internal string Identity => _reader.GetAssemblyDefinition().GetAssemblyName().FullName;

        internal static Surface Read(string path) => new(path);

        public void Dispose() => _file.Dispose();

        private static bool IsVisible(MethodAttributes attributes)
            => (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

        private bool IsVisible(TypeDefinition type)
            => (type.Attributes & TypeAttributes.VisibilityMask) switch
            {
                TypeAttributes.Public => true,
                TypeAttributes.NestedPublic or TypeAttributes.NestedFamily => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
                _ => false,
            };

        private void Add(TypeDefinition type, string name)
        {
            string baseType = type.BaseType.IsNil ? "nothing" : NameOf(type.BaseType);
            TypeAttributes kind = type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed);
            _lines.Add("type " + name + " : " + baseType + " " + kind + UsageOf(type));
            foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
            {
                _lines.Add(name + " is " + NameOf(_reader.GetInterfaceImplementation(handle).Interface));
            }

            foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                FieldAttributes access = field.Attributes & FieldAttributes.FieldAccessMask;
                if (access is FieldAttributes.Public or FieldAttributes.Family && (field.Attributes & FieldAttributes.SpecialName) == 0)
                {
                    string constant = field.GetDefaultValue().IsNil ? string.Empty : " = " + Convert.ToHexString(_reader.GetBlobBytes(_reader.GetConstant(field.GetDefaultValue()).Value));
                    _lines.Add(name + " field " + access + " " + (field.Attributes & FieldAttributes.Static) + " " + field.DecodeSignature(_names, null) + " " + _reader.GetString(field.Name) + constant);
                }
            }

            foreach (MethodDefinition method in type.GetMethods().Select(_reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes)))
            {
                MethodSignature<string> signature = method.DecodeSignature(_names, null);
                bool isOverridable = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual;
                MethodAttributes flags = method.Attributes & (MethodAttributes.MemberAccessMask | MethodAttributes.Static | MethodAttributes.Abstract);
                _lines.Add(name + " " + flags + (isOverridable ? " overridable " : " ") + signature.ReturnType + " " + _reader.GetString(method.Name)
                    + (signature.GenericParameterCount > 0 ? "`" + signature.GenericParameterCount : string.Empty) + "(" + string.Join(", ", signature.ParameterTypes) + ")");
            }

            foreach (PropertyDefinition property in type.GetProperties().Select(_reader.GetPropertyDefinition))
            {
                foreach (MethodDefinitionHandle accessor in (MethodDefinitionHandle[])[property.GetAccessors().Getter, property.GetAccessors().Setter])
                {
                    if (!accessor.IsNil && IsVisible(_reader.GetMethodDefinition(accessor).Attributes))
                    {
                        _lines.Add(name + " property " + _reader.GetString(property.Name) + " through " + _reader.GetString(_reader.GetMethodDefinition(accessor).Name));
                    }
                }
            }
        }

        private string UsageOf(TypeDefinition type)
        {
            foreach (CustomAttribute attribute in type.GetCustomAttributes().Select(_reader.GetCustomAttribute))
            {
                if (attribute.Constructor.Kind == HandleKind.MemberReference
                    && NameOf(_reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) == "System.AttributeUsageAttribute")
                {
                    return " usage " + Convert.ToHexString(_reader.GetBlobBytes(attribute.Value));
                }
            }

            return string.Empty;
        }

        private string NameOf(EntityHandle handle)
            => handle.Kind switch
            {
                HandleKind.TypeDefinition => _names.GetTypeFromDefinition(_reader, (TypeDefinitionHandle)handle, 0),
                HandleKind.TypeReference => _names.GetTypeFromReference(_reader, (TypeReferenceHandle)handle, 0),
                _ => _names.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)handle, 0),
            };
    }

    /// <summary>Types by their full names, whichever assembly they come from.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[" + shape.Rank + "]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType + "<" + string.Join(",", typeArguments) + ">";

        public string GetGenericMethodParameter(object? genericContext, int index) => "!!" + index;

        public string GetGenericTypeParameter(object? genericContext, int index) => "!" + index;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            TypeDefinitionHandle outer = type.GetDeclaringType();
            return (outer.IsNil ? reader.GetString(type.Namespace) + "." : GetTypeFromDefinition(reader, outer, 0) + "+") + reader.GetString(type.Name);
        }

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            return (type.ResolutionScope.Kind == HandleKind.TypeReference
                ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "+"
                : reader.GetString(type.Namespace) + ".") + reader.GetString(type.Name);
        }

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
            => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
