using System.Net;
using System.Net.Sockets;

namespace RagApp.Gateway.Limits;

/// <summary>Address that a limit counts for: an IPv4 address, or the /64 of an IPv6 address, all of which one person can use.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
