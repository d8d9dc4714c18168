namespace RagApp.Cli;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The run is complete, but some files failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>The run could not begin: no server, no such folder, or an unknown key.</summary>
    public const int CouldNotRun = 2;

    /// <summary>The command line is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>The run was ended by Ctrl+C or SIGTERM; the code is the one that shells use.</summary>
    public const int Interrupted = 130;
}
