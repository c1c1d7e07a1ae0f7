using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.OData;
using Microsoft.OData.Json;

namespace OrchestratorConnector.Orchestrator.WebApi;

/// <summary>
/// Makes JSON readers and writers of Microsoft.OData.Core. The library gives them out through a container only; this one holds
/// what the library itself registers and nothing else. The library's message reader is not used: it demands a context URL of a
/// form that the facts do not promise, and took twenty times as long over the same bytes.
/// </summary>
internal sealed class ODataJson : IContainerBuilder, IServiceProvider
{
    private static readonly IServiceProvider Container = Create();
    private static readonly IJsonReaderFactory Readers = (IJsonReaderFactory)Container.GetService(typeof(IJsonReaderFactory))!;
    private static readonly IJsonWriterFactory Writers = (IJsonWriterFactory)Container.GetService(typeof(IJsonWriterFactory))!;

    private readonly Dictionary<Type, Func<object>> _services = [];

    private ODataJson()
    {
    }

    public static IJsonReader Open(TextReader text) => Readers.CreateJsonReader(text, isIeee754Compatible: false);

    /// <summary>Writes a document that is one object.</summary>
    public static byte[] Write(Action<IJsonWriter> members)
    {
        using MemoryStream body = new();
        using (StreamWriter text = new(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1024, leaveOpen: true))
        {
            IJsonWriter json = Writers.CreateJsonWriter(text, isIeee754Compatible: false);
            json.StartObjectScope();
            members(json);
            json.EndObjectScope();
            json.Flush();
        }

        return body.ToArray();
    }

    IContainerBuilder IContainerBuilder.AddService(ServiceLifetime lifetime, Type serviceType, Type implementationType)
    {
        _services[serviceType] = () => Activator.CreateInstance(implementationType, nonPublic: true)!;
        return this;
    }

    IContainerBuilder IContainerBuilder.AddService(ServiceLifetime lifetime, Type serviceType, Func<IServiceProvider, object> implementationFactory)
    {
        _services[serviceType] = () => implementationFactory(this);
        return this;
    }

    IServiceProvider IContainerBuilder.BuildContainer() => this;

    object? IServiceProvider.GetService(Type serviceType) => _services.TryGetValue(serviceType, out Func<object>? make) ? make() : null;

    private static IServiceProvider Create()
    {
        ODataJson container = new();
        container.AddDefaultODataServices();
        return container;
    }
}
