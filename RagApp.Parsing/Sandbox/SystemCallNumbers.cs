using System.Runtime.InteropServices;

namespace RagApp.Parsing.Sandbox;

/// <summary>System call numbers of Linux, which depend on the architecture; calls added since 2019 have the same number everywhere.</summary>
/// <param name="Architecture">The kernel's number of the architecture (<c>AUDIT_ARCH_*</c>).</param>
/// <param name="StartProcess"><c>clone</c>.</param>
/// <param name="Serving">Calls needed by a socket that accepts connections.</param>
/// <param name="Refused">Calls refused to every program.</param>
internal sealed record SystemCallNumbers(uint Architecture, uint Socket, uint StartProcess, uint[] Serving, uint[] Refused)
{
    private static readonly SystemCallNumbers X64 = new(0xC000_003E, Socket: 41, StartProcess: 56,
    Serving: [49, 50, 43, 288], // bind, listen, accept, accept4
    Refused:
    [
        42, // connect
        101, 310, 311, 312, // ptrace, process_vm_readv, process_vm_writev, kcmp
        272, 308, // unshare, setns
        248, 249, 250, // add_key, request_key, keyctl
        298, 321, 323, // perf_event_open, bpf, userfaultfd
        424, 434, 438, 440, // pidfd_send_signal, pidfd_open, pidfd_getfd, process_madvise
        425, 426, 427, // io_uring_setup, _enter, _register: they make sockets without the call for it
    ]);

    private static readonly SystemCallNumbers Arm64 = new(0xC000_00B7, Socket: 198, StartProcess: 220, Serving: [200, 201, 202, 242],
    Refused:
    [
        203, // connect
        117, 270, 271, 272, // ptrace, process_vm_readv, process_vm_writev, kcmp
        97, 268, // unshare, setns
        217, 218, 219, // add_key, request_key, keyctl
        241, 280, 282, // perf_event_open, bpf, userfaultfd
        424, 434, 438, 440, // pidfd_send_signal, pidfd_open, pidfd_getfd, process_madvise
        425, 426, 427, // io_uring_setup, _enter, _register: they make sockets without the call for it
    ]);

    /// <summary>The numbers of this machine's architecture; null when unknown.</summary>
    public static SystemCallNumbers? OfThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => null,
    };

    /// <summary><c>clone3</c>.</summary>
    public uint StartProcessByStructure { get; } = 435;
}
