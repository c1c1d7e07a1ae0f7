# How values reach a runbook: its inputs as parameters, objects from the pipeline, what becomes of values, what is refused
# before anything is sent.

BeforeDiscovery {
    $Generations = @{ Generation = 'Atom' }, @{ Generation = 'WebApi' }
    $Starting = foreach ($generation in 'Atom', 'WebApi') {
        foreach ($command in 'Invoke-SMRunbook', 'Start-SMRunbook') {
            @{ Generation = $generation; Command = $command }
        }
    }
    $invariant = [cultureinfo]::InvariantCulture
    $Values = @(
        @{ What = 'a text'; Value = ' <R&D> "x" '' '; Text = ' <R&D> "x" '' ' }
        @{ What = 'a text of several lines'; Value = "one`r`ntwo`n`tthree"; Text = "one`r`ntwo`n`tthree" }
        @{ What = 'what looks escaped'; Value = '&amp;lt; &#65;'; Text = '&amp;lt; &#65;' }
        @{ What = 'letters of all kinds'; Value = -join [char[]](0xC4, 0xDF, 0x20AC, 0x416, 0x76E3, 0xD83D, 0xDE00); Text = -join [char[]](0xC4, 0xDF, 0x20AC, 0x416, 0x76E3, 0xD83D, 0xDE00) }
        @{ What = 'nothing'; Value = $null; Text = '' }
        @{ What = 'an empty text'; Value = ''; Text = '' }
        @{ What = 'an empty array'; Value = @(); Text = '' }
        @{ What = 'true'; Value = $true; Text = 'true' }
        @{ What = 'false'; Value = $false; Text = 'false' }
        @{ What = 'a whole number'; Value = 1234567; Text = '1234567' }
        @{ What = 'a negative number'; Value = -5; Text = '-5' }
        @{ What = 'a fraction'; Value = 1234.5; Text = '1234.5' }
        @{ What = 'a decimal'; Value = [decimal]::Parse('0.10', $invariant); Text = '0.10' }
        @{ What = 'a time of UTC'; Value = [datetime]::SpecifyKind([datetime]::new(2026, 2, 3, 4, 5, 6), 'Utc'); Text = '2026-02-03T04:05:06Z' }
        @{ What = 'a time of no zone'; Value = [datetime]::new(2026, 2, 3, 4, 5, 6, 70); Text = '2026-02-03T04:05:06.07' }
        @{ What = 'a local time'; Value = [datetime]::SpecifyKind([datetime]::new(2026, 2, 3), 'Local'); Text = [datetime]::SpecifyKind([datetime]::new(2026, 2, 3), 'Local').ToString("yyyy-MM-dd'T'HH:mm:ssK", $invariant) }
        @{ What = 'a time with its zone'; Value = [datetimeoffset]::new(2026, 2, 3, 4, 5, 6, [timespan]::FromHours(2)); Text = '2026-02-03T04:05:06+02:00' }
        @{ What = 'a duration'; Value = [timespan]::FromMinutes(90); Text = '01:30:00' }
        @{ What = 'a word of an enumeration'; Value = [System.DayOfWeek]::Friday; Text = 'Friday' }
        @{ What = 'an address'; Value = [uri]'http://host/a%20b'; Text = 'http://host/a%20b' }
        @{ What = 'a guid'; Value = [guid]'11111111-2222-3333-4444-555555555555'; Text = '11111111-2222-3333-4444-555555555555' }
        @{ What = 'a version'; Value = [version]'1.2.3'; Text = '1.2.3' }
        @{ What = 'an array'; Value = @('a', 2, $true); Text = "a`n2`ntrue" }
        @{ What = 'fractions in an array'; Value = @(0.5, 1.5); Text = "0.5`n1.5" }
        @{ What = 'a table'; Value = [ordered]@{ a = 1; b = 2.5 }; Text = "a=1`nb=2.5" }
    )
    $Secrets = @(
        @{ What = 'a SecureString'; Make = { param($Text) (New-TestCredential 'u' $Text).Password } }
        @{ What = 'a PSCredential'; Make = { param($Text) New-TestCredential 'u' $Text } }
        @{ What = 'a SecureString in an array'; Make = { param($Text) , @('plain', (New-TestCredential 'u' $Text).Password) } }
        @{ What = 'a SecureString in a table'; Make = { param($Text) @{ Password = (New-TestCredential 'u' $Text).Password } } }
    )
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $source = Start-Source
    $restart = Add-SourceRunbook $source '\Ops\Restart Service' -In 'Machine Name', 'Reason' -Out 'Result' -Description @{ 'Machine Name' = 'The machine to restart it on.' }
    $plain = Add-SourceRunbook $source '\Ops\Echo' -In 'Text' -Out 'Text'
    $clash = Add-SourceRunbook $source '\Ops\Clash' -In 'Name', 'Force', 'Verbose', 'Free', 'vb' -Out 'Result'
    $similar = Add-SourceRunbook $source '\Ops\Similar' -In 'Host Name', 'HostName', '1st', '%%'
    $none = Add-SourceRunbook $source '\Ops\No Inputs' -Out 'Result'
    $describe = Add-SourceRunbook $source '\Ops\Describe' -In 'Path', 'Description'
    $one = Add-SourceRunbook $source '\Ops\One\Twin' -In 'Text'
    $two = Add-SourceRunbook $source '\Ops\Two\Twin' -In 'Text'
    foreach ($name in 'First', 'Second', 'Third') {
        $null = Add-SourceRunbook $source "\Nightly\$name" -Out 'Result'
    }

    # The inputs of the last job that the server was asked to start.
    function Get-LastInput {
        param($Runbook)
        @(Get-SourceJob $source $Runbook)[-1].Input
    }

    # A piece of script is refused with an error of this id, before anything is sent.
    function Assert-Refused {
        param([scriptblock] $Attempt, [string] $Id, [string] $Like = '*')
        $null = Invoke-Source $source ClearRequests
        $problem = Get-ErrorOf $Attempt
        $problem | Should -Not -BeNullOrEmpty -Because 'it should be refused'
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,OrchestratorConnector.Commands.*SMRunbookCommand"
        "$problem" | Should -BeLike $Like
        Invoke-Source $source GetRequests | Should -BeNullOrEmpty -Because 'nothing should be sent'
        $problem
    }
}

AfterAll {
    Stop-Source $source
}

Describe 'The inputs of a runbook as parameters of <Command>, <Generation>' -ForEach $Starting {
    BeforeAll {
        $null = New-SourceStore $source $Generation
    }

    It 'are there once the runbook is named, with what their author says of them' {
        $parameters = (Get-Command -Name $Command -ArgumentList 'Restart Service').Parameters
        $parameters['MachineName'].Aliases | Should -Contain 'Machine Name'
        $help = $parameters['MachineName'].Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] }
        $help.HelpMessage | Should -Be 'The machine to restart it on.'
        $parameters.ContainsKey('Reason') | Should -BeTrue
    }

    It 'are not there without one, and nobody is bothered' {
        $errors = $Error.Count
        $parameters = (Get-Command -Name $Command).Parameters
        $parameters.ContainsKey('MachineName') | Should -BeFalse
        $parameters.ContainsKey('Map') | Should -BeTrue
        (Get-Command -Name $Command -ArgumentList 'No such runbook').Parameters.ContainsKey('Map') | Should -BeTrue
        Get-Command -Name $Command -Syntax | Should -Match '\[-Name\] <string>'
        $Error.Count | Should -Be $errors
    }

    It 'have to be given where the server demands all, and only there' {
        $parameters = (Get-Command -Name $Command -ArgumentList 'Restart Service').Parameters
        foreach ($name in 'MachineName', 'Reason') {
            $attribute = $parameters[$name].Attributes | Where-Object { $_ -is [System.Management.Automation.ParameterAttribute] }
            $attribute.Mandatory | Should -Be ($Generation -eq 'Atom') -Because $name
        }
    }

    It 'can be typed without their blanks, and splatted with them' {
        $null = & $Command 'Restart Service' -MachineName web01 -Reason typed
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=typed')
        $exact = @{ Name = 'Restart Service'; 'Machine Name' = 'web02'; Reason = 'splatted' }
        $null = & $Command @exact
        Get-LastInput $restart | Should -Be @('Machine Name=web02', 'Reason=splatted')
        $inputs = @{ 'machine name' = 'web03'; REASON = 'in any case' }
        $null = & $Command -Path '\Ops\Restart Service' @inputs
        Get-LastInput $restart | Should -Be @('Machine Name=web03', 'Reason=in any case')
        $null = & $Command -Id $restart -Mach web04 -Rea shortened
        Get-LastInput $restart | Should -Be @('Machine Name=web04', 'Reason=shortened')
    }

    It 'that clash with its own parameters are given by -Parameter, and those keep their meaning' {
        $parameters = (Get-Command -Name $Command -ArgumentList 'Clash').Parameters
        $parameters['Force'].SwitchParameter | Should -BeTrue
        $parameters['Verbose'].SwitchParameter | Should -BeTrue
        $parameters['Name'].ParameterType | Should -Be ([string])
        $parameters.ContainsKey('Free') | Should -BeTrue
        $said = & $Command Clash -Free d -Parameter @{ Name = 'a'; Force = 'b'; Verbose = 'c'; vb = 'e' } 4>&1
        @($said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }) | Should -BeNullOrEmpty
        Get-LastInput $clash | Sort-Object | Should -Be @('Force=b', 'Free=d', 'Name=a', 'vb=e', 'Verbose=c')
    }

    It 'that differ in blanks alone, or cannot be typed at all, are each reachable' {
        $values = @{ 'Host Name' = 'a'; HostName = 'b'; '1st' = 'c'; '%%' = 'd' }
        $null = & $Command Similar @values
        Get-LastInput $similar | Sort-Object | Should -Be @('%%=d', '1st=c', 'Host Name=a', 'HostName=b')
        $null = & $Command Similar -HostName b -Parameter @{ 'Host Name' = 'a'; '1st' = 'c'; '%%' = 'd' }
        Get-LastInput $similar | Sort-Object | Should -Be @('%%=d', '1st=c', 'Host Name=a', 'HostName=b')
    }

    It 'can be mixed with -Parameter' {
        $null = & $Command 'Restart Service' -Reason typed -Parameter @{ 'Machine Name' = 'web01' }
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=typed')
    }

    It 'are asked for by the shell where one is missing and nobody gave them otherwise' {
        $null = Invoke-Source $source ClearRequests
        $result = Invoke-InRunspace "$Command 'Restart Service' -MachineName web01"
        if ($Generation -eq 'Atom') {
            $result.Errors[0].FullyQualifiedErrorId | Should -BeLike 'MissingMandatoryParameter,*'
            Invoke-Source $source GetRequests | Should -BeNullOrEmpty
        }
        else {
            $result.Errors | Should -BeNullOrEmpty
            Get-LastInput $restart | Should -Contain 'Machine Name=web01'
        }
    }
}

Describe 'Objects from the pipeline, <Generation>' -ForEach $Generations {
    BeforeAll {
        $null = New-SourceStore $source $Generation
    }

    It 'that are runbooks are started, each once' {
        $jobs = Get-SMRunbook -Folder '\Nightly' | Start-SMRunbook
        $jobs.Runbook | Sort-Object | Should -Be @('First', 'Second', 'Third')
        $jobs.InputObject | Where-Object { $null -ne $_ } | Should -BeNullOrEmpty
    }

    It 'that are runbooks take the inputs that are given for all' {
        $null = Get-SMRunbook 'Restart Service' | Start-SMRunbook -Parameter @{ 'machine name' = 'web01'; Reason = 'r' }
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=r')
        $null = Get-SMRunbook Twin | Start-SMRunbook -Parameter @{ Text = 'both' }
        Get-LastInput $one | Should -Be 'Text=both'
        Get-LastInput $two | Should -Be 'Text=both'
    }

    It 'that are one runbook typed has its inputs as parameters' {
        $runbook = Get-SMRunbook 'Restart Service'
        $null = Start-SMRunbook -SMRunbook $runbook -MachineName web05 -Reason typed
        Get-LastInput $restart | Should -Be @('Machine Name=web05', 'Reason=typed')
    }

    It 'that are runbooks are the input of another one that is named' {
        $runbook = Get-SMRunbook 'No Inputs'
        $job = $runbook | Start-SMRunbook -Name Describe
        Get-LastInput $describe | Sort-Object | Should -Be @('Description=', 'Path=\Ops\No Inputs')
        $job.InputObject.Name | Should -Be 'No Inputs'
        $job.Runbook | Should -Be 'Describe'
        Get-SourceJob $source $none | Should -BeNullOrEmpty
    }

    It 'fill the inputs by properties of the same name' {
        $row = [pscustomobject]@{ 'machine NAME' = 'web01'; Reason = 'by name'; Other = 'ignored' }
        $job = $row | Start-SMRunbook 'Restart Service'
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=by name')
        $job.InputObject.Other | Should -Be 'ignored'
    }

    It 'fill them by properties without the blanks too' {
        $null = [pscustomobject]@{ MachineName = 'web01'; Reason = 'alias' } | Start-SMRunbook 'Restart Service'
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=alias')
        # The exact name goes before it.
        $null = [pscustomobject]@{ MachineName = 'no'; 'Machine Name' = 'yes'; Reason = 'r' } | Start-SMRunbook 'Restart Service'
        Get-LastInput $restart | Should -Be @('Machine Name=yes', 'Reason=r')
    }

    It 'leave alone what is given for all' {
        $null = [pscustomobject]@{ MachineName = 'web01'; Reason = 'of the object' } | Start-SMRunbook 'Restart Service' -Reason 'for all'
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=for all')
        $null = 'x' | Start-SMRunbook Echo -Text 'for all' -Map @{ Text = { $_ } }
        Get-LastInput $plain | Should -Be 'Text=for all'
        $null = 'x' | Start-SMRunbook Echo -Parameter @{ Text = 'for all' } -Map @{ TEXT = { throw 'Not asked.' } }
        Get-LastInput $plain | Should -Be 'Text=for all'
    }

    It 'can be tables' {
        $jobs = @{ MachineName = 'web01'; Reason = 'a' }, [ordered]@{ 'Machine Name' = 'web02'; reason = 'b' } | Start-SMRunbook 'Restart Service' -ThrottleLimit 1
        @($jobs).Count | Should -Be 2
        Get-LastInput $restart | Should -Be @('Machine Name=web02', 'Reason=b')
        $jobs[0].InputObject | Should -BeOfType [hashtable]
    }

    It 'can be rows of a file' {
        $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'rows.csv'
        Set-Content -LiteralPath $file -Value 'Machine Name,Reason', 'web01,first', 'web02,second'
        $jobs = Import-Csv -LiteralPath $file | Start-SMRunbook 'Restart Service' -ThrottleLimit 1
        @($jobs).Count | Should -Be 2
        $jobs.InputObject.Reason | Should -Be @('first', 'second')
        Get-LastInput $restart | Should -Be @('Machine Name=web02', 'Reason=second')
    }

    It 'can be texts with a map' {
        $jobs = 'web01', 'web02' | Start-SMRunbook 'Restart Service' -Map @{ 'Machine Name' = { $_ } } -Reason patch -ThrottleLimit 1
        $jobs.InputObject | Should -Be @('web01', 'web02')
        $jobs.InputObject[0] | Should -BeOfType [string]
        Get-LastInput $restart | Should -Be @('Machine Name=web02', 'Reason=patch')
    }

    It 'can be what other commands give' {
        $process = Get-Process -Id $PID | Start-SMRunbook Echo -Map @{ Text = 'Id' }
        Get-LastInput $plain | Should -Be "Text=$PID"
        $process.InputObject | Should -BeOfType [System.Diagnostics.Process]
    }

    It 'are mapped by the name of a property, also of a calculated or a nested one by script' {
        $item = [pscustomobject]@{ Host = 'web01'; Ticket = [pscustomobject]@{ Number = 7 } }
        $null = $item | Start-SMRunbook 'Restart Service' -Map @{ 'machine name' = 'host'; Reason = { "Ticket $($_.Ticket.Number)" } }
        Get-LastInput $restart | Should -Be @('Machine Name=web01', 'Reason=Ticket 7')
    }

    It 'are mapped by script blocks that see the variables and functions of their caller' {
        function Start-ByMap {
            param($Domain)
            $suffix = ".$Domain"
            function Join-Name { param($Name) $Name + $suffix }
            'web01' | Start-SMRunbook 'Restart Service' -Map @{ 'Machine Name' = { Join-Name $_ }; Reason = { $suffix } }
        }
        $null = Start-ByMap contoso.com
        Get-LastInput $restart | Should -Be @('Machine Name=web01.contoso.com', 'Reason=.contoso.com')
    }

    It 'are mapped to several lines where a script block gives several' {
        $null = 'x' | Start-SMRunbook Echo -Map @{ Text = { 1..3 } }
        Get-LastInput $plain | Should -Be "Text=1`n2`n3"
        $null = 'x' | Start-SMRunbook Echo -Map @{ Text = { } }
        Get-LastInput $plain | Should -Be 'Text='
    }

    It 'are one error each where the map fails, and the others go on' {
        $problems = $null
        $items = [pscustomobject]@{ Host = 'web01' }, [pscustomobject]@{ Other = 1 }, [pscustomobject]@{ Host = 'web03' }
        $jobs = $items | Start-SMRunbook Echo -Map @{ Text = 'Host' } -ErrorAction SilentlyContinue -ErrorVariable problems
        $jobs.InputObject.Host | Sort-Object | Should -Be @('web01', 'web03')
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'MapFailed,OrchestratorConnector.Commands.StartSMRunbookCommand'
        "$($problems[0].CategoryInfo.Category)" | Should -Be 'InvalidArgument'
        $problems[0].TargetObject | Should -Be 'Text'
        "$($problems[0])" | Should -BeLike "*'Text'*no property 'Host'*"

        $problems = $null
        $jobs = 'a', 'b', 'c' | Start-SMRunbook Echo -Map @{ Text = { if ($_ -eq 'b') { throw 'Not that one.' } $_ } } -ErrorAction SilentlyContinue -ErrorVariable problems
        $jobs.InputObject | Sort-Object | Should -Be @('a', 'c')
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'MapFailed,*'
        "$($problems[0])" | Should -BeLike '*Not that one.*'
    }

    It 'end the command at the first error with -ErrorAction Stop' {
        $before = @(Get-SourceJob $source $plain).Count
        $problem = Get-ErrorOf {
            [pscustomobject]@{ Other = 1 }, [pscustomobject]@{ Host = 'web02' } | Start-SMRunbook Echo -Map @{ Text = 'Host' } -ErrorAction Stop
        }
        $problem.FullyQualifiedErrorId | Should -BeLike 'MapFailed,*'
        @(Get-SourceJob $source $plain).Count | Should -Be $before
    }

    It 'whose property cannot be read are an error of the map' {
        $item = [pscustomobject]@{ A = 1 } | Add-Member -MemberType ScriptProperty -Name Text -Value { throw 'Unreadable.' } -PassThru
        $problem = Get-ErrorOf { $item | Start-SMRunbook Echo }
        $problem.FullyQualifiedErrorId | Should -BeLike 'MapFailed,*'
        "$problem" | Should -BeLike '*Unreadable.*'
    }

    It 'that lack an input are refused by name where the server demands all' {
        $problems = $null
        $jobs = [pscustomobject]@{ MachineName = 'web01' } | Start-SMRunbook 'Restart Service' -ErrorAction SilentlyContinue -ErrorVariable problems
        if ($Generation -eq 'Atom') {
            $jobs | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'ParameterMissing,*'
            "$($problems[0])" | Should -BeLike "*'Reason'*"
        }
        else {
            $problems | Should -BeNullOrEmpty
            $jobs.Parameter.Count | Should -Be 1
        }
    }

    It 'can be nothing at all' {
        @() | Start-SMRunbook Echo | Should -BeNullOrEmpty
        @() | Invoke-SMRunbook 'Restart Service' | Should -BeNullOrEmpty
    }
}

Describe 'What is refused before anything is sent, <Generation>' -ForEach $Generations {
    BeforeAll {
        $null = New-SourceStore $source $Generation
    }

    It 'is a name that several runbooks bear: their paths and connectors are listed' {
        $problem = Assert-Refused { Start-SMRunbook Twin -Parameter @{ Text = 'x' } } 'RunbookAmbiguous' "*'\Ops\One\Twin' of 'Main'*'\Ops\Two\Twin' of 'Main'*-Path*"
        "$($problem.CategoryInfo.Category)" | Should -Be 'InvalidArgument'
        $problem.TargetObject | Should -Be 'Twin'
        $null = Assert-Refused { Invoke-SMRunbook Twin } 'RunbookAmbiguous'
    }

    It 'is such a name also when inputs are typed behind it' {
        $null = Assert-Refused { Start-SMRunbook Twin -Text x } 'RunbookAmbiguous'
    }

    It 'is a runbook of two connectors, unless one is chosen' {
        $null = New-OrchestratorConnector -Name Second -ServiceUrl $source.$Generation -Protocol $Generation -WarningAction Ignore
        $null = Sync-OrchestratorConnector Second
        try {
            $null = Assert-Refused { Start-SMRunbook Echo -Parameter @{ Text = 'x' } } 'RunbookAmbiguous' "*'\Ops\Echo' of 'Main'*'\Ops\Echo' of 'Second'*-Connector*"
            $null = Assert-Refused { Start-SMRunbook -Path '\Ops\Echo' -Parameter @{ Text = 'x' } } 'RunbookAmbiguous'
            $null = Assert-Refused { Start-SMRunbook -Id $plain -Parameter @{ Text = 'x' } } 'RunbookAmbiguous'
            (Start-SMRunbook Echo -Connector Second -Text x).Connector | Should -Be 'Second'
            (Start-SMRunbook -Path '\Ops\Echo' -Text x -Connector main).Connector | Should -Be 'Main'
            (Get-SMRunbook Echo -Connector Second | Start-SMRunbook -Parameter @{ Text = 'x' }).Connector | Should -Be 'Second'
            $PSDefaultParameterValues = @{ '*-SMRunbook:Connector' = 'Second' }
            (Start-SMRunbook Echo -Text x).Connector | Should -Be 'Second'
        }
        finally {
            Remove-OrchestratorConnector Second -Confirm:$false
        }
    }

    It 'is a runbook that is not there, whatever is typed behind it' {
        $null = Assert-Refused { Start-SMRunbook 'Restart Servic' } 'RunbookNotFound' "*'Restart Servic'*"
        $null = Assert-Refused { Start-SMRunbook 'Restart Servic' -MachineName web01 } 'RunbookNotFound' "*'Restart Servic'*"
        $null = Assert-Refused { Invoke-SMRunbook -Path '\Ops\Nothing' } 'RunbookNotFound'
        $null = Assert-Refused { Invoke-SMRunbook -Id ([guid]::NewGuid()) } 'RunbookNotFound'
        $null = Assert-Refused { Invoke-SMRunbook Echo -Connector Mian -Parameter @{ Text = 'x' } } 'ConnectorNotFound' "*Did you mean 'Main'*"
    }

    It 'is an input that was typed for a runbook of a store that only the pipeline brings along, rather than forgotten' {
        $store = $env:ORCHESTRATOR_CONNECTOR_STATE
        $null = New-TestStore
        try {
            $null = Assert-Refused { [pscustomobject]@{ StatePath = $store } | Start-SMRunbook -Name Echo -Text x } '*'
            $null = New-OrchestratorConnector -Name Other -ServiceUrl http://other.invalid -SkipTest
            $null = Assert-Refused { [pscustomobject]@{ StatePath = $store } | Start-SMRunbook -Name Echo -Text x } '*'
            ([pscustomobject]@{ StatePath = $store } | Start-SMRunbook -Name Echo -Parameter @{ Text = 'x' }).Parameter['Text'] | Should -Be 'x'
        }
        finally {
            $env:ORCHESTRATOR_CONNECTOR_STATE = $store
        }
    }

    It 'is an input that the runbook does not have; near names are told' {
        $problem = Assert-Refused { Start-SMRunbook 'Restart Service' -Parameter @{ 'Machine Nmae' = 'x'; Reason = 'r' } } 'ParameterUnknown' "*Did you mean 'Machine Name'*"
        "$($problem.CategoryInfo.Category)" | Should -Be 'InvalidArgument'
        $problem.TargetObject | Should -Be 'Machine Nmae'
        $null = Assert-Refused { 'x' | Start-SMRunbook Echo -Map @{ Txt = { $_ } } } 'ParameterUnknown' "*Did you mean 'Text'*"
        $null = Assert-Refused { Start-SMRunbook 'No Inputs' -Parameter @{ A = 1 } } 'ParameterUnknown' '*no inputs*'
        # An output is none.
        $null = Assert-Refused { Start-SMRunbook 'Restart Service' -Parameter @{ 'Machine Name' = 'a'; Reason = 'b'; Result = 'c' } } 'ParameterUnknown' "*'Result'*"
    }

    It 'is an input that is given twice' {
        $null = Assert-Refused { Start-SMRunbook Echo -Text a -Parameter @{ TEXT = 'b' } } 'ParameterGivenTwice' "*'text'*"
        $twice = New-Object -TypeName System.Collections.Specialized.OrderedDictionary
        $twice['Text'] = 'a'
        $twice['text'] = 'b'
        $null = Assert-Refused { Start-SMRunbook Echo -Parameter $twice } 'ParameterGivenTwice'
    }

    It 'is a missing input, where the server demands all' {
        if ($Generation -eq 'Atom') {
            $problem = Assert-Refused { Start-SMRunbook 'Restart Service' -Parameter @{ Reason = 'r' } } 'ParameterMissing' "*'Machine Name'*"
            "$($problem.CategoryInfo.Category)" | Should -Be 'InvalidArgument'
            $null = Assert-Refused { Get-SMRunbook 'Restart Service' | Start-SMRunbook } 'ParameterMissing' "*'Machine Name'*'Reason'*"
        }
        else {
            $null = Start-SMRunbook 'Restart Service' -Parameter @{ Reason = 'r' }
            Get-LastInput $restart | Should -Contain 'Reason=r'
        }
    }

    It 'is a character that XML cannot carry' {
        $null = Assert-Refused { Start-SMRunbook Echo -Text "a$([char]7)b" } 'ParameterValueInvalid' '*U+0007*position 2*'
    }

    It 'is a map that is neither a property nor a script' {
        $null = Assert-Refused { 'x' | Start-SMRunbook Echo -Map @{ Text = 5 } } 'MapFailed'
        $null = Assert-Refused { 'x' | Start-SMRunbook Echo -Map @{ Text = '' } } 'MapFailed'
    }
}

Describe 'A value, <Generation>' -ForEach $Generations {
    BeforeAll {
        $null = New-SourceStore $source $Generation
    }

    It 'that is <What> becomes the text that means it everywhere' -ForEach $Values {
        $null = Start-SMRunbook Echo -Text $Value
        $typed = Get-LastInput $plain
        $culture = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = 'de-DE'
        try {
            $null = Start-SMRunbook Echo -Parameter @{ Text = $Value }
            $given = Get-LastInput $plain
            $null = [pscustomobject]@{ Text = $Value } | Start-SMRunbook Echo
            $piped = Get-LastInput $plain
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        $typed | Should -BeExactly "Text=$Text"
        $given | Should -BeExactly "Text=$Text"
        $piped | Should -BeExactly "Text=$Text"
    }

    It 'that is an array is joined by -Separator' {
        $null = Start-SMRunbook Echo -Text 'a', 'b' -Separator '; '
        Get-LastInput $plain | Should -BeExactly 'Text=a; b'
        $null = Start-SMRunbook Echo -Text 'a', 'b' -Separator ''
        Get-LastInput $plain | Should -BeExactly 'Text=ab'
        $null = 'x' | Start-SMRunbook Echo -Map @{ Text = { 'a', 'b' } } -Separator ','
        Get-LastInput $plain | Should -BeExactly 'Text=a,b'
    }

    It 'comes out as it went in' {
        $text = " R&D <x> `"q`" $([char]0xDF)`n2"
        $job = Invoke-SMRunbook Echo -Text $text
        $job.Text | Should -BeExactly $text
        $job.Output['text'] | Should -BeExactly $text
        $job.Parameter['TEXT'] | Should -BeExactly $text
        (Get-SMRunbookJob -Id $job.Id).Text | Should -BeExactly $text
    }
}

Describe 'A secret, <Generation>' -ForEach $Generations {
    BeforeAll {
        $null = New-SourceStore $source $Generation
        $word = 'wh1sper-of-nobody'

        # Everything that the store's files hold, as text.
        function Get-StoreText {
            $latin = [System.Text.Encoding]::GetEncoding(28591)
            (Get-ChildItem -LiteralPath (Split-Path -Parent $env:ORCHESTRATOR_CONNECTOR_STATE) | ForEach-Object {
                $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $_.FullName, 'Open', 'Read', 'ReadWrite'
                try {
                    $memory = New-Object -TypeName System.IO.MemoryStream
                    $stream.CopyTo($memory)
                    $latin.GetString($memory.ToArray())
                }
                finally {
                    $stream.Dispose()
                }
            }) -join ''
        }

        # All that a script says on any stream, records in full.
        function Get-AllText {
            param([scriptblock] $Script)
            $all = try { & $Script *>&1 } catch { $_ }
            ($all | ForEach-Object {
                $_ | Format-List -Property * -Force | Out-String -Width 4000
                if ($_ -is [System.Management.Automation.ErrorRecord]) {
                    "$($_.Exception)"
                }
            }) -join "`n"
        }
    }

    It 'that is <What> is refused' -ForEach $Secrets {
        $value = & $Make $word
        $problem = Assert-Refused { Start-SMRunbook Echo -Text $value } 'SecretNotAllowed' '*-AllowPlainTextSecret*'
        "$($problem.CategoryInfo.Category)" | Should -Be 'SecurityError'
        "$($problem.Exception)" | Should -Not -Match $word
        $null = Assert-Refused { Start-SMRunbook Echo -Parameter @{ Text = $value } } 'SecretNotAllowed'
        $null = Assert-Refused { 'x' | Start-SMRunbook Echo -Map @{ Text = { , $value } } } 'SecretNotAllowed'
        $null = Assert-Refused { [pscustomobject]@{ Text = $value } | Start-SMRunbook Echo } 'SecretNotAllowed'
    }

    It 'that is <What> is sent if it may be, and is not seen in what is said or kept' -ForEach $Secrets {
        $value = & $Make $word
        $told = @{ Job = $null }
        $text = Get-AllText { $told.Job = Invoke-SMRunbook Echo -Text $value -AllowPlainTextSecret -Verbose -Debug }
        @(Get-LastInput $plain)[0] | Should -Match $word
        $text | Should -Not -Match $word
        $told.Job.Parameter['Text'] | Should -Not -Match $word
        # What the runbook itself says is the caller's own.
        $told.Job.Output['Text'] | Should -Match $word
        Get-SMRunbookJob | Format-List -Property * | Out-String -Width 4000 | Should -Not -Match $word
        (Get-SMRunbookJob -Last 1).Output['Text'] | Should -Not -BeNullOrEmpty
        Get-SMRunbookJob -Remote -Runbook Echo | Format-List -Property * | Out-String -Width 4000 | Should -Not -Match $word
        Get-StoreText | Should -Not -Match $word
    }

    It 'is not seen in what -WhatIf says' {
        $store = $env:ORCHESTRATOR_CONNECTOR_STATE
        $result = Invoke-OtherShell "Import-Module `$module; Start-SMRunbook Echo -Text (ConvertTo-SecureString -String '$word' -AsPlainText -Force) -AllowPlainTextSecret -WhatIf" -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -BeLike 'What if: *\Ops\Echo*'
        $result.Output | Should -Not -Match $word
    }

    It 'is not kept by whoever looks at the job later' {
        $job = Start-SMRunbook Echo -Text (New-TestCredential 'u' $word).Password -AllowPlainTextSecret
        $job.Parameter['Text'] | Should -Not -Match $word
        $null = Get-SMRunbookJob -Id $job.Id -Refresh
        Get-StoreText | Should -Not -Match $word
        Get-SMRunbookJob | Format-List -Property * | Out-String -Width 4000 | Should -Not -Match $word
        $job = Start-SMRunbook Echo -Text (New-TestCredential 'u' $word).Password -AllowPlainTextSecret
        $null = Wait-SMRunbookJob -Id $job.Id
        Get-StoreText | Should -Not -Match $word
    }

    It 'is not seen in the error of a runbook or a server that repeats it' {
        $null = Invoke-Source $source SetScript @{ Runbook = "$plain"; Script = @{ End = 'Failure'; Error = "Wrong: $word" } }
        try {
            $null = Get-AllText { Invoke-SMRunbook Echo -Text (New-TestCredential 'u' $word).Password -AllowPlainTextSecret -Verbose }
            Get-StoreText | Should -Not -Match $word
        }
        finally {
            $null = Invoke-Source $source SetScript @{ Runbook = "$plain" }
        }
        $null = Invoke-Source $source AddFault @{ Kind = 'Refusal'; Status = 400; Message = "Not $word here."; Times = 1 }
        try {
            $text = Get-AllText { Start-SMRunbook Echo -Text (New-TestCredential 'u' $word).Password -AllowPlainTextSecret -Verbose }
            $text | Should -Match 'StartRejected'
            $text | Should -Not -Match $word
            Get-StoreText | Should -Not -Match $word
        }
        finally {
            $null = Invoke-Source $source ClearFaults
        }
    }

    It 'has no place in an activity' {
        $problem = Get-ErrorOf { New-SMRunbookActivity A Echo -Default @{ Text = (New-TestCredential 'u' $word).Password } }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecretNotAllowed,*'
        Get-StoreText | Should -Not -Match $word
    }
}
