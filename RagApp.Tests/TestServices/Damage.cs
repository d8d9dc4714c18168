using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Storage.Blobs;

namespace RagApp.Tests.TestServices;

/// <summary>Creates damage reports that nobody reads.</summary>
internal static class Damage
{
    public static DamageReport Unnoticed() => new(
        new Telemetry(Meters.Factory()),
        NullLogger<DamageReport>.Instance);
}
