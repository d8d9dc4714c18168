using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace RagApp.Benchmarks.Services;

/// <summary>
/// Finds loopback ports for servers. The ports lie below those that operating systems give to outgoing connections, so that no
/// client takes one before its server listens, and the process gives each out once.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int End = 32_000; // Linux gives 32,768 and more to outgoing connections

    private static int _count = RandomNumberGenerator.GetInt32(End - First); // processes beside each other begin at different ports

    public static int Next()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _count) & int.MaxValue) % (End - First);
            if (!taken.Contains(port))
                return port;
        }
    }
}
