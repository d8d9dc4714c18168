namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>What confines a program that opens documents, each where the system has it.</summary>
[Flags]
internal enum Measures
{
    None = 0,
    NoNewPrivileges = 1,
    NoCapabilities = 2,
    ClosedFiles = 4,
    SystemCalls = 8,
    Files = 16,
    Signals = 32,
    NetworkNamespace = 64,
}

internal static class MeasureWords
{
    /// <summary>What it means where it does not hold.</summary>
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

    /// <summary>Whether the others can do without it.</summary>
    public static bool IsSpare(this Measures measure) => measure is Measures.ClosedFiles or Measures.Signals or Measures.NetworkNamespace;
}
