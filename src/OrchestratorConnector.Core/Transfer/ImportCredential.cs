using System;

namespace OrchestratorConnector.Transfer;

/// <summary>The credential for an account that is not here yet.</summary>
/// <param name="UserName">The user name, in place of the document's: another environment may have another one.</param>
/// <param name="Protect">Gives the protected password when the account is written.</param>
internal sealed record ImportCredential(string UserName, Func<byte[]> Protect);
