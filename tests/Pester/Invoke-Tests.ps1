<#
.SYNOPSIS
    Runs the Pester tests over the staged module.
.DESCRIPTION
    Builds the module and the stand-in servers where they are missing, starts one server for all tests on a free port of the
    loopback address, runs the test files and stops the server. The last line says how many tests passed and failed; the exit
    code is 0 only if all passed.
.PARAMETER Path
    Test files; all of this folder without it.
.PARAMETER Detailed
    Shows every test, not only those that fail.
.PARAMETER ResultPath
    A file that gets the results as NUnit writes them.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,
    [switch] $Detailed,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Common.ps1')

function Invoke-Build {
    param([string] $Project)
    & dotnet build (Join-Path $RepositoryRoot $Project) --nologo --verbosity quiet | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "The build of $Project failed."
    }
}

$passed = 0
$failed = 1
$state = $env:ORCHESTRATOR_CONNECTOR_STATE
try {
    Import-Module -Name Pester -MinimumVersion 5.0
    if (-not (Test-Path -LiteralPath (Get-ModuleManifestPath))) {
        Invoke-Build 'src/OrchestratorConnector'
    }
    if (-not (Get-FakeOrchestratorPath)) {
        Invoke-Build 'tests/FakeOrchestrator'
    }
    if (-not (Get-SourceHostPath)) {
        Invoke-Build 'tests/Pester/SourceHost'
    }
    $server = Start-TestServer -Arguments '--runbooks', '120', '--folders', '8'
    $env:ORCHESTRATOR_CONNECTOR_TEST_SERVER = $server.Base

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    if ($Detailed) {
        $configuration.Output.Verbosity = 'Detailed'
    }
    if ($ResultPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputPath = $ResultPath
    }
    # What only Windows has is in files of its own.
    if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
        Write-Host 'This is not Windows: Windows.Tests.ps1 is left out.'
        $configuration.Run.ExcludePath = '*Windows.Tests.ps1'
    }
    $result = Invoke-Pester -Configuration $configuration
    # No result at all is none passed.
    $passed = [int]$result.PassedCount
    # A file that cannot be read and a block that cannot be set up are failures too.
    $failed = [int]$result.FailedCount + [int]$result.FailedBlocksCount + [int]$result.FailedContainersCount
    if ($passed -eq 0 -and $failed -eq 0) {
        Write-Host 'No test ran.'
        $failed = 1
    }
}
catch {
    Write-Host "The tests could not be run: $_"
    Write-Host $_.ScriptStackTrace
}
finally {
    # The server, and whatever a test that broke left running.
    foreach ($running in (Get-StartedProcess).ToArray()) {
        Stop-TestProcess $running
    }
    $env:ORCHESTRATOR_CONNECTOR_TEST_SERVER = $null
    $env:ORCHESTRATOR_CONNECTOR_STATE = $state
}

Write-Host "Pester: $passed passed, $failed failed"
exit [int]($failed -gt 0)
