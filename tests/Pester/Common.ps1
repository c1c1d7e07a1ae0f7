<#
.SYNOPSIS
    What the test files share: where things are, a store for each test, stand-in servers, tab completion, other processes.
.DESCRIPTION
    Dot-sourced by every test file in its BeforeAll. Nothing here waits for a time to pass: every wait is for an event, with a
    bound after which the test fails.
#>
$RepositoryRoot = [System.IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../..'))

# The longest that anything may take which a test waits for; reached only when something is broken.
$Patience = [timespan]::FromSeconds(60)

function Get-ModuleVersion {
    # The manifest chooses its assembly by edition, which the readers of data files refuse: the version is read as text, as the build does.
    $text = [System.IO.File]::ReadAllText((Join-Path $RepositoryRoot 'module/OrchestratorConnector.psd1'))
    [regex]::Match($text, "(?m)^\s*ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value
}

function Get-ModuleManifestPath {
    Join-Path $RepositoryRoot "artifacts/module/OrchestratorConnector/$(Get-ModuleVersion)/OrchestratorConnector.psd1"
}

function Import-TestedModule {
    if (-not (Get-Module -Name OrchestratorConnector)) {
        Import-Module -Name (Get-ModuleManifestPath) -Global -ErrorAction Stop
    }
}

function Get-FakeOrchestratorPath {
    $output = Join-Path $RepositoryRoot 'tests/FakeOrchestrator/bin'
    if (Test-Path -LiteralPath $output) {
        Get-ChildItem -LiteralPath $output -Recurse -Filter FakeOrchestrator.dll |
            Where-Object { Test-Path -LiteralPath ($_.FullName -replace '\.dll$', '.runtimeconfig.json') } |
            Sort-Object -Property LastWriteTime -Descending |
            Select-Object -First 1 -ExpandProperty FullName
    }
}

# A store of its own for a test. The file is made by the first cmdlet that needs it, and goes with TestDrive.
function New-TestStore {
    $path = Join-Path (Get-PSDrive -Name TestDrive).Root "$([guid]::NewGuid().ToString('N'))/state.db"
    $env:ORCHESTRATOR_CONNECTOR_STATE = $path
    $path
}

function New-TestCredential {
    param([string] $User, [string] $Secret)
    $secure = New-Object -TypeName System.Security.SecureString
    foreach ($character in $Secret.ToCharArray()) {
        $secure.AppendChar($character)
    }
    New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList $User, $secure
}

# Starts a program; its output is collected so that it never blocks on a full pipe. An interactive one is talked with instead.
function Start-TestProcess {
    param([string] $Path, [string[]] $Arguments, [hashtable] $Environment = @{}, [switch] $IsInteractive)
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = $Path
    # Windows PowerShell knows no list of arguments: none of ours ends in a backslash or holds a quote.
    $start.Arguments = @($Arguments | ForEach-Object { '"' + $_ + '"' }) -join ' '
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) {
            $start.EnvironmentVariables.Remove($name)
        }
        else {
            $start.EnvironmentVariables[$name] = $Environment[$name]
        }
    }
    $start.RedirectStandardInput = [bool]$IsInteractive
    $process = [System.Diagnostics.Process]::Start($start)
    $running = [pscustomobject]@{
        Process = $process
        Output  = $(if (-not $IsInteractive) { $process.StandardOutput.ReadToEndAsync() })
        Errors  = $process.StandardError.ReadToEndAsync()
    }
    (Get-StartedProcess).Add($running)
    $running
}

# Every process that the tests of this one started: the list is one for all files and scopes.
function Get-StartedProcess {
    $name = 'OrchestratorConnector.Tests.Processes'
    if ($null -eq [System.AppDomain]::CurrentDomain.GetData($name)) {
        [System.AppDomain]::CurrentDomain.SetData($name, (New-Object -TypeName 'System.Collections.Generic.List[object]'))
    }
    , [System.AppDomain]::CurrentDomain.GetData($name)
}

function Stop-TestProcess {
    param($Running)
    if ($null -ne $Running) {
        if ((Get-StartedProcess).Remove($Running)) {
            if (-not $Running.Process.HasExited) {
                $Running.Process.Kill()
                $null = $Running.Process.WaitForExit(10000)
            }
            $Running.Process.Dispose()
        }
    }
}

# Waits for a process that ends by itself, and returns what it wrote.
function Wait-TestProcess {
    param($Running)
    try {
        if (-not $Running.Process.WaitForExit([int]$Patience.TotalMilliseconds)) {
            throw "The process did not end within $Patience."
        }
        [pscustomobject]@{
            ExitCode = $Running.Process.ExitCode
            Output   = $Running.Output.Result.Trim()
            Errors   = $Running.Errors.Result.Trim()
        }
    }
    finally {
        Stop-TestProcess $Running
    }
}

# A stand-in server in a process of its own; returned when it listens. The one that starts it stops it.
function Start-TestServer {
    param([string[]] $Arguments = @(), [int] $Port = 0, [hashtable] $Environment = @{})
    $ready = Join-Path ([System.IO.Path]::GetTempPath()) "orchestrator-$([guid]::NewGuid().ToString('N')).ready"
    $all = @((Get-FakeOrchestratorPath), '--port', "$Port", '--ready-file', $ready) + $Arguments
    $running = Start-TestProcess -Path 'dotnet' -Arguments $all -Environment $Environment
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    try {
        while (-not (Test-Path -LiteralPath $ready)) {
            if ($running.Process.WaitForExit(20)) {
                throw "The stand-in server ended with exit code $($running.Process.ExitCode): $($running.Errors.Result)"
            }
            if ($watch.Elapsed -gt $Patience) {
                throw "The stand-in server did not listen within $Patience."
            }
        }
        $base = [System.IO.File]::ReadAllText($ready).Trim().TrimEnd('/')
    }
    catch {
        Stop-TestProcess $running
        throw
    }
    finally {
        Remove-Item -LiteralPath $ready -ErrorAction SilentlyContinue
    }
    Add-Member -InputObject $running -PassThru -NotePropertyMembers @{
        Base   = $base
        Port   = ([uri]$base).Port
        Atom   = "$base/Orchestrator2012/Orchestrator.svc"
        WebApi = "$base/api"
    }
}

function Stop-TestServer {
    param($Server)
    Stop-TestProcess $Server
}

# The server that the whole run shares: 120 runbooks in 8 folders, both generations, changed by nobody.
function Get-SharedServer {
    $base = $env:ORCHESTRATOR_CONNECTOR_TEST_SERVER
    if (-not $base) {
        throw 'There is no server: run the tests with Invoke-Tests.ps1.'
    }
    [pscustomobject]@{ Base = $base; Atom = "$base/Orchestrator2012/Orchestrator.svc"; WebApi = "$base/api" }
}

# The program of the server whose source and jobs a test commands.
function Get-SourceHostPath {
    $output = Join-Path $RepositoryRoot 'tests/Pester/SourceHost/bin'
    if (Test-Path -LiteralPath $output) {
        Get-ChildItem -LiteralPath $output -Recurse -Filter SourceHost.dll |
            Where-Object { Test-Path -LiteralPath ($_.FullName -replace '\.dll$', '.runtimeconfig.json') } |
            Sort-Object -Property LastWriteTime -Descending |
            Select-Object -First 1 -ExpandProperty FullName
    }
}

# A stand-in server in a process of its own whose runbooks and jobs are what the test says; empty at first, with the runbook
# servers RBS01 and RBS02. It ends with whoever started it.
function Start-Source {
    $running = Start-TestProcess -Path 'dotnet' -Arguments (Get-SourceHostPath) -IsInteractive
    $address = $running.Process.StandardOutput.ReadLineAsync()
    if (-not $address.Wait($Patience) -or -not $address.Result) {
        Stop-TestProcess $running
        throw "The stand-in server did not listen within $Patience."
    }
    $base = $address.Result.TrimEnd('/')
    Add-Member -InputObject $running -PassThru -NotePropertyMembers @{
        Base   = $base
        Atom   = "$base/Orchestrator2012/Orchestrator.svc"
        WebApi = "$base/api"
    }
}

function Stop-Source {
    param($Source)
    Stop-TestProcess $Source
}

# Has the server do one thing, and returns what it says; what each takes stands in SourceHost/Controls.cs.
function Invoke-Source {
    param($Source, [string] $Do, [hashtable] $With = @{})
    $line = ConvertTo-Json -InputObject (@{ Do = $Do } + $With) -Depth 5 -Compress
    # Whatever the console's encoding is.
    $line = [regex]::Replace($line, '[^\x00-\x7F]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
    $Source.Process.StandardInput.WriteLine($line)
    $Source.Process.StandardInput.Flush()
    $answer = $Source.Process.StandardOutput.ReadLineAsync()
    if (-not $answer.Wait($Patience + $Patience) -or -not $answer.Result) {
        throw "The stand-in server did not say what became of $line"
    }
    $answer = ConvertFrom-Json -InputObject $answer.Result
    if ($answer.Error) {
        throw "The stand-in server could not do $line`: $($answer.Error)"
    }
    $answer.Value
}

# Adds a runbook and returns its id. A script is how its jobs go: End (Success, Warning, Failure, Never), Activity, Error, Output.
function Add-SourceRunbook {
    param($Source, [string] $Path, [string[]] $In = @(), [string[]] $Out = @(), [hashtable] $Description = @{}, [switch] $Monitor, [string[]] $Activity = @(), [hashtable] $Script)
    $with = @{ Path = $Path; In = $In; Out = $Out; Description = $Description; Monitor = [bool]$Monitor; Activity = $Activity }
    if ($Script) {
        $with.Script = $Script
    }
    [guid](Invoke-Source $Source AddRunbook $with)
}

# The jobs of the server, in the order of their start; of one runbook, if it is named.
function Get-SourceJob {
    param($Source, $Runbook)
    $with = @{}
    if ($Runbook) {
        $with.Runbook = "$Runbook"
    }
    Invoke-Source $Source GetJobs $with | ForEach-Object { $_ }
}

# Ends a job that runs.
function Complete-SourceJob {
    param($Source, $Job, [hashtable] $Script)
    $with = @{ Job = "$Job" }
    if ($Script) {
        $with.Script = $Script
    }
    $null = Invoke-Source $Source FinishJob $with
}

# A new store with one connector, Main, that has imported what the server holds.
function New-SourceStore {
    param($Source, [string] $Generation)
    New-TestStore
    $null = New-OrchestratorConnector -Name Main -ServiceUrl $Source.$Generation -Protocol $Generation
    $null = Sync-OrchestratorConnector Main -ErrorAction Stop
}

# A gate before a server. Every connection stops at it until the test lets it through, so that a test does what it has to do
# exactly while a request is under way, however slow or fast the machine is.
function Start-Gate {
    param([string] $Target)
    $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList ([System.Net.IPAddress]::Loopback), 0
    $listener.Start()
    $base = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
    [pscustomobject]@{
        Base     = $base
        Atom     = "$base/Orchestrator2012/Orchestrator.svc"
        WebApi   = "$base/api"
        Listener = $listener
        Target   = [uri]$Target
        Next     = $listener.AcceptTcpClientAsync()
        Sockets  = New-Object -TypeName System.Collections.ArrayList
    }
}

# The next connection that somebody makes; it waits.
function Wait-Connection {
    param($Gate)
    if (-not $Gate.Next.Wait($Patience)) {
        throw "Nobody connected within $Patience."
    }
    $client = $Gate.Next.Result
    $null = $Gate.Sockets.Add($client)
    $Gate.Next = $Gate.Listener.AcceptTcpClientAsync()
    $client
}

# Lets a connection through to the server.
function Open-Connection {
    param($Gate, $Client)
    $server = New-Object -TypeName System.Net.Sockets.TcpClient -ArgumentList $Gate.Target.Host, $Gate.Target.Port
    $null = $Gate.Sockets.Add($server)
    $null = $Client.GetStream().CopyToAsync($server.GetStream())
    $null = $server.GetStream().CopyToAsync($Client.GetStream())
}

# Lets every further connection through until something is done.
function Wait-Behind {
    param($Gate, [System.IAsyncResult] $Work)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while ($watch.Elapsed -lt $Patience) {
        $handles = [System.Threading.WaitHandle[]]@($Work.AsyncWaitHandle, ([System.IAsyncResult]$Gate.Next).AsyncWaitHandle)
        switch ([System.Threading.WaitHandle]::WaitAny($handles, $Patience)) {
            0 { return }
            1 { Open-Connection $Gate (Wait-Connection $Gate) }
        }
    }
    throw "It was not done within $Patience."
}

function Stop-Gate {
    param($Gate)
    $Gate.Listener.Stop()
    foreach ($socket in $Gate.Sockets) {
        $socket.Close()
    }
}

# A host that accepts connections and never answers.
function Start-SilentHost {
    $listener = New-Object -TypeName System.Net.Sockets.TcpListener -ArgumentList ([System.Net.IPAddress]::Loopback), 0
    $listener.Start()
    [pscustomobject]@{ Listener = $listener; Base = "http://127.0.0.1:$($listener.LocalEndpoint.Port)" }
}

# A port on which nobody listens, and nobody else can: a socket of this process has it and does not listen.
function Get-ClosedPort {
    $socket = New-Object -TypeName System.Net.Sockets.Socket -ArgumentList 'InterNetwork', 'Stream', 'Tcp'
    $socket.Bind((New-Object -TypeName System.Net.IPEndPoint -ArgumentList ([System.Net.IPAddress]::Loopback), 0))
    $port = $socket.LocalEndPoint.Port
    # Held until the process ends, so that it is not collected and closed before.
    [System.AppDomain]::CurrentDomain.SetData("OrchestratorConnector.Tests.ClosedPort.$port", $socket)
    $port
}

# What Tab offers at the end of a line.
function Complete-Line {
    param([string] $Line)
    @((TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches)
}

# The error that a piece of script ends with or writes, as its record; nothing when there is none.
function Get-ErrorOf {
    param([scriptblock] $Script)
    $written = @()
    try {
        $written = @(& $Script 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    }
    catch {
        return $_
    }
    if ($written.Count -gt 0) {
        return $written[0]
    }
}

# A shell in this process with a runspace of its own and no host, so that nothing is shown or asked.
function New-TestShell {
    param([string] $Script)
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
    $state.ImportPSModule(@(Get-ModuleManifestPath))
    $shell = [powershell]::Create($state)
    $shell.AddScript($Script)
}

function Invoke-InRunspace {
    param([string] $Script)
    $shell = New-TestShell $Script
    try {
        $output = $shell.Invoke()
        [pscustomobject]@{ Output = $output; Errors = @($shell.Streams.Error) }
    }
    finally {
        $shell.Dispose()
    }
}

# Runs a script in another PowerShell of the same kind as this one.
function Start-OtherShell {
    param([string] $Script, [hashtable] $Environment = @{})
    $shell = (Get-Process -Id $PID).Path
    $text = "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; `$module = '$(Get-ModuleManifestPath)'; $Script"
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    Start-TestProcess -Path $shell -Arguments '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded -Environment $Environment
}

function Invoke-OtherShell {
    param([string] $Script, [hashtable] $Environment = @{})
    Wait-TestProcess (Start-OtherShell -Script $Script -Environment $Environment)
}
