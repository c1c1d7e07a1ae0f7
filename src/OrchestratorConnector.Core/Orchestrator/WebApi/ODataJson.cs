using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.OData;
using Microsoft.OData.Json;

namespace OrchestratorConnector.Orchestrator.WebApi;

/// <summary>
/// Makes JSON readers of Microsoft.OData.Core. The library gives its reader out through a container only; this one holds what
/// the library itself registers and nothing else. The library's message reader is not used: it demands a context URL of a
/// form that the facts do not promise, and took twenty times as long over the same bytes.
/// </summary>
internal sealed class JsonReaders : IContainerBuilder, IServiceProvider
{
    private static readonly IJsonReaderFactory Factory = Create();

    private readonly Dictionary<Type, Func<object>> _services = [];

    private JsonReaders()
    {
    }

    public static IJsonReader Open(TextReader text) => Factory.CreateJsonReader(text, isIeee754Compatible: false);

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

    private static IJsonReaderFactory Create()
    {
        JsonReaders container = new();
        container.AddDefaultODataServices();
        return (IJsonReaderFactory)((IServiceProvider)container).GetService(typeof(IJsonReaderFactory))!;
    }
}
