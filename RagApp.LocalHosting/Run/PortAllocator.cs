using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Gives every endpoint its ports. One instance listens on the endpoint's port itself; several have a port each, behind a proxy on it.</summary>
internal static class PortAllocator
{
    public static void Allocate(IEnumerable<Resource> resources)
    {
        // All free ports are held until the last is known, so that none is given out twice.
        var held = new List<TcpListener>();
        try
        {
            foreach (var resource in resources)
            {
                foreach (var endpoint in resource.Endpoints)
                    Allocate(resource, endpoint, held);
            }
        }
        finally
        {
            held.ForEach(l => l.Dispose());
        }
    }

    public static int FreePort()
    {
        var held = new List<TcpListener>();
        var port = Hold(held);
        held[0].Dispose();
        return port;
    }

    private static void Allocate(Resource resource, EndpointAnnotation endpoint, List<TcpListener> held)
    {
        if (resource.Replicas > 1 && endpoint.TargetPort is not null)
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' runs {resource.Replicas} replicas: its endpoint '{endpoint.Name}' cannot have a fixed target port.");
        }

        endpoint.AllocatedPort = endpoint.Port ?? endpoint.TargetPort ?? Hold(held);
        endpoint.TargetPorts = resource.Replicas == 1
            ? [endpoint.AllocatedPort]
            : [.. Enumerable.Range(0, resource.Replicas).Select(_ => Hold(held))];
    }

    private static int Hold(List<TcpListener> held)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        held.Add(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
