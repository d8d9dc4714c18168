using System.Runtime.InteropServices;

namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>Rights of root that a service may have in a container; what opens documents needs none of them.</summary>
internal static class Capabilities
{
    private const uint Version = 0x20080522;

    /// <summary>More than any kernel knows; it refuses those that it does not.</summary>
    private const int Most = 64;

    /// <summary>Gives all of them up, for this process and whatever it starts.</summary>
    /// <returns>False when the kernel refused it.</returns>
    public static bool TryDrop()
    {
        // The bounding set can only be emptied by who has the right to; without new privileges nothing comes back out of it.
        for (var capability = 0; capability < Most; capability++)
            LinuxCalls.TryDropFromBoundingSet(capability);
        LinuxCalls.TryClearAmbient();
        return LinuxCalls.SetCapabilities(new CapabilityHeader(Version, ProcessId: 0), default) == 0;
    }
}

/// <param name="ProcessId">0 for the caller.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CapabilityHeader(uint Version, int ProcessId);

/// <summary>Effective, permitted and inheritable ones, as two times 32 bits each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CapabilitySets(uint Effective, uint Permitted, uint Inheritable, uint EffectiveHigh, uint PermittedHigh, uint InheritableHigh);
