using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace RagApp.Tests.TestServices;

/// <summary>A proxy for an interface: calls fail when the test says so, and otherwise reach the real implementation.</summary>
internal class Faulty<T> : DispatchProxy
    where T : class
{
    private T _inner = null!;
    private Func<string, Exception?> _fault = null!;

    /// <summary>Replaces the registered implementation by a proxy around it.</summary>
    /// <param name="fault">Returns the exception that a call of the named method throws; null lets the call through.</param>
    public static void Replace(IServiceCollection services, Func<string, Exception?> fault)
    {
        var own = services.Last(service => service.ServiceType == typeof(T));
        services.AddKeyedSingleton<T>(nameof(Faulty<>), (provider, _) => // so that the container disposes of it
            (T)(own.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!)));
        services.AddSingleton(provider =>
        {
            var proxy = Create<T, Faulty<T>>();
            var faulty = (Faulty<T>)(object)proxy;
            (faulty._inner, faulty._fault) = (provider.GetRequiredKeyedService<T>(nameof(Faulty<>)), fault);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _fault(targetMethod!.Name) is { } fault ? throw fault : targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
