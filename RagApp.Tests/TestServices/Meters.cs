using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace RagApp.Tests.TestServices;

internal static class Meters
{
    /// <summary>Creates a separate meter factory, to whose metrics no other test adds.</summary>
    public static IMeterFactory Factory() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
