using System.Net;
using System.Net.Sockets;
using RagApp.Benchmarks.Services;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// The two ports of a node, with consecutive numbers as on a real server. The simulated network can become silent or
/// unreachable on both.
/// </summary>
internal sealed class QdrantPorts
{
    private const int Attempts = 20;

    private SwitchedPort _rest = null!;
    private SwitchedPort _grpc = null!;

    public int Rest { get; private set; }

    public int Grpc => Rest + 1;

    public void Open(IPEndPoint grpc, IPEndPoint rest)
    {
        for (var attempt = 1; ; attempt++)
        {
            Rest = FreePort.Next();
            (_rest, _grpc) = (new SwitchedPort(Rest, rest), new SwitchedPort(Grpc, grpc));
            try
            {
                _grpc.Open();
                _rest.Open();
                return;
            }
            catch (SocketException) when (attempt < Attempts)
            {
                _grpc.Abandon();
            }
        }
    }

    /// <summary>Opens the ports again, after <see cref="CloseAsync"/>, with the same numbers.</summary>
    public void Reopen()
    {
        _rest.Open();
        _grpc.Open();
    }

    public void Silence()
    {
        _rest.Silence();
        _grpc.Silence();
    }

    public void Speak()
    {
        _rest.Speak();
        _grpc.Speak();
    }

    public Task CloseAsync() => Task.WhenAll(_rest.CloseAsync(), _grpc.CloseAsync());
}
