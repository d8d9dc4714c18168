using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Storage.Blobs;

namespace RagApp.Tests.TestServices;

/// <summary>Reports of damage that nobody reads.</summary>
internal static class Damage
{
    public static DamageReport Unnoticed() => new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
        NullLogger<DamageReport>.Instance);
}
