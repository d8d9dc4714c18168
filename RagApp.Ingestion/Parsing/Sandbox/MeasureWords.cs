using RagApp.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing.Sandbox;

/// <summary>Describes the measures of the sandbox for logs.</summary>
internal static class MeasureWords
{
    /// <summary>The risk when the measure is missing.</summary>
    public static string Missing(this Measures measure) => measure switch
    {
        Measures.NoNewPrivileges => "a parser could start programs that have more rights than the service (setuid)",
        Measures.NoCapabilities => "a parser keeps the capabilities that the service has",
        Measures.ClosedFiles => "a parser keeps files open that a library of the service opened for inheritance",
        Measures.SystemCalls => "a parser can make sockets, unless its network is its own, and all system calls of the service",
        Measures.Files => "a parser can open every file that the service can, other tenants' documents among them",
        Measures.Signals => "a parser could end the service; it could not read anything by that",
        _ => "the system call filter alone keeps a parser off the network",
    };

    /// <summary>True when the other measures make this one dispensable.</summary>
    public static bool IsSpare(this Measures measure) => measure is Measures.ClosedFiles or Measures.Signals or Measures.NetworkNamespace;
}
