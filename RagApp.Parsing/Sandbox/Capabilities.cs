using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>
/// Drops the Linux capabilities (rights of root) that a service may have in a container; a program that opens documents needs
/// none.
/// </summary>
internal static class Capabilities
{
    private const uint Version = 0x20080522;

    /// <summary>Number of capabilities to drop, more than any kernel knows; the kernel rejects unknown ones.</summary>
    private const int Most = 64;

    /// <summary>Drops all capabilities of this process and of the programs it starts.</summary>
    /// <returns>False when the kernel refused.</returns>
    public static bool TryDrop()
    {
        // Emptying the bounding set needs a capability; a failure is harmless, since no new privileges can be gained.
        for (var capability = 0; capability < Most; capability++)
            LinuxCalls.TryDropFromBoundingSet(capability);
        LinuxCalls.TryClearAmbient();
        return LinuxCalls.SetCapabilities(new CapabilityHeader(Version, ProcessId: 0), default) == 0;
    }
}

/// <param name="ProcessId">Id of the process; 0 for the caller.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CapabilityHeader(uint Version, int ProcessId);

/// <summary>The effective, permitted and inheritable capabilities, each as two words of 32 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CapabilitySets(uint Effective, uint Permitted, uint Inheritable, uint EffectiveHigh, uint PermittedHigh, uint InheritableHigh);
